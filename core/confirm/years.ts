import { YEAR_MS } from '../analysis/index.ts';
import type { Group, Model } from '../model/model.ts';
import type { Sourced } from '../model/source.ts';
import { AvailabilityJudge, type AvailabilityOptions, type Objective } from '../reach/index.ts';
import { percentEstimate, quantityText } from '../report/text.ts';
import { memberAvailability } from '../rules/facts/member-availability.ts';
import { estimate } from '../simulation/estimate.ts';
import { runSimulation } from '../simulation/index.ts';
import { numberText } from '../text/words.ts';
import { formatDuration } from '../time/index.ts';
import { Cancelled, type ConfirmOptions, type Simulated, stage } from './simulated.ts';

const RUNS = 10;
/** Failures of members in all runs together: enough to see rare outages, in a second or two. */
const FAILURES = 100_000;
const DAY_MS = 86_400_000;

/**
 * Lets members fail and recover for years, without traffic: the machines of the groups then show how
 * often each has its minimum. None where no member fails by chance.
 */
export function simulateYears(
  objective: Objective,
  before: Model,
  after: Model,
  options: AvailabilityOptions & ConfirmOptions,
): Simulated | undefined {
  const judge = new AvailabilityJudge(objective, options);
  const durationMs = durationFor([...judge.groupsNeeded(before), ...judge.groupsNeeded(after)]);
  if (durationMs === undefined) return undefined;
  const runs = [before, after].map((model, index) => {
    const trial = trialOf(model, judge.groupsNeeded(model), durationMs);
    const run = runSimulation(trial, stage(options, index, 2));
    if (run.kind === 'cancelled') throw new Cancelled();
    if (run.kind === 'refused') return undefined;
    return estimate(
      run.replications.map(({ groups }) => {
        const measured = new Map(
          [...groups].map(([name, { availability }]) => [name, availability]),
        );
        return judge.forecastWith(model, measured).value;
      }),
    );
  });
  const [least, found] = runs;
  if (!least || !found) return undefined;
  const spread = found.halfWidth ?? 0;
  const { target } = objective;
  return {
    what: `Over ${lengthText(durationMs)} of failures and repairs, ${RUNS} times`,
    before: quantityText(percentEstimate(least)),
    after: quantityText(percentEstimate(found)),
    status:
      found.mean - spread >= target ? 'met' : found.mean + spread < target ? 'missed' : 'unclear',
  };
}

/** `48.6 years`, or `12d` where it is less than one. */
function lengthText(ms: number): string {
  return ms < YEAR_MS ? formatDuration(ms) : `${numberText(ms / YEAR_MS)} years`;
}

/** As long for both, so that chance is the same. */
function durationFor(groups: readonly Group[]): number | undefined {
  let perMs = 0;
  for (const { members, mtbfMs } of groups) {
    if (mtbfMs && mtbfMs.value > 0) perMs += members.length / mtbfMs.value;
  }
  // Both models are counted.
  const durationMs = perMs === 0 ? Number.POSITIVE_INFINITY : (2 * FAILURES) / RUNS / perMs;
  if (!Number.isFinite(durationMs)) return undefined;
  return Math.max(DAY_MS, Math.round(durationMs / DAY_MS) * DAY_MS);
}

/**
 * Groups alone. Heartbeats over years would be too many, so the time until a failure is noticed is
 * added to what follows it; and recoveries take their mean, so that none is ever given up.
 */
function trialOf(model: Model, groups: readonly Group[], durationMs: number): Model {
  const set = <T>({ source }: Sourced<unknown>, value: T): Sourced<T> => ({ value, source });
  const { simulation } = model;
  return {
    ...model,
    services: new Map(),
    scenarios: new Map(),
    groups: new Map(
      groups.map((group): [string, Group] => {
        const { activationMs, detection: _, members, minHealthy, name, recovery, ...rest } = group;
        const { detectionMs = 0, recoveryMs = 0 } = memberAvailability(group) ?? {};
        const downMs = detectionMs + recoveryMs;
        // Who takes another's place waits for that too; who comes back to its own does not.
        const takeoverMs = members.length > Math.max(1, minHealthy.value) ? detectionMs : 0;
        return [
          name,
          {
            ...rest,
            name,
            members,
            minHealthy,
            activationMs: set(activationMs, activationMs.value + takeoverMs),
            recovery: {
              ...recovery,
              timeMs: set(recovery.timeMs, downMs),
              maxTimeMs: set(recovery.maxTimeMs, downMs),
              successRate: set(recovery.successRate, 1),
            },
          },
        ];
      }),
    ),
    simulation: {
      ...simulation,
      durationMs: set(simulation.durationMs, durationMs),
      replications: set(simulation.replications, RUNS),
    },
  };
}
