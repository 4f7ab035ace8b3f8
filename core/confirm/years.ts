import { YEAR_MS } from '../analysis/index.ts';
import type { Model } from '../model/model.ts';
import { AvailabilityJudge, type AvailabilityOptions, type Objective } from '../reach/index.ts';
import { percentEstimate, quantityText } from '../report/text.ts';
import { estimate } from '../simulation/estimate.ts';
import { numberText } from '../text/words.ts';
import { formatDuration } from '../time/index.ts';
import { failuresPerYear, runYears } from '../years/index.ts';
import { Cancelled, type ConfirmOptions, type Simulated, stage } from './simulated.ts';

/** Failures of members, before and after: enough to see rare outages, in a second or two. */
const FAILURES = 200_000;
const DAY_MS = 86_400_000;

/**
 * Lets members fail and recover for years, without traffic, and asks how often each group has its
 * minimum. None where no member fails by chance.
 */
export function simulateYears(
  objective: Objective,
  before: Model,
  after: Model,
  options: AvailabilityOptions & ConfirmOptions,
): Simulated | undefined {
  const judge = new AvailabilityJudge(objective, options);
  const trials = [before, after].map((model) => neededOf(model, judge));
  // As long for both, so that chance is the same.
  const perYear = trials.reduce((sum, trial) => sum + failuresPerYear(trial), 0);
  const daysMs = Math.round(((FAILURES / perYear) * YEAR_MS) / DAY_MS) * DAY_MS;
  const durationMs = Math.max(DAY_MS, daysMs);
  if (!Number.isFinite(durationMs)) return undefined;
  const [least, found] = trials.map((trial, index) => {
    const run = runYears(trial, {
      ...stage(options, index, 2),
      seed: trial.simulation.seed.value,
      years: durationMs / YEAR_MS,
    });
    if (run.kind === 'cancelled' || run.kind === 'partial') throw new Cancelled();
    if (run.kind === 'too-many') return undefined;
    const runs = Array.from({ length: run.runs }, (_, number) => {
      const measured = run.groups.map(({ downs, exact, name }) => {
        return [name, 1 - (exact?.down ?? downs[number] ?? 0)] as const;
      });
      return judge.forecastWith(index === 0 ? before : after, new Map(measured)).value;
    });
    const isExact = run.groups.every(({ exact }) => exact);
    return { ...estimate(runs), isExact };
  });
  if (!least || !found) return undefined;
  const spread = found.halfWidth ?? 0;
  const { target } = objective;
  return {
    what:
      least.isExact && found.isExact
        ? 'In the long run of failures and repairs, exactly'
        : `Over ${lengthText(durationMs)} of failures and repairs`,
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

/** Only the groups that matter: the others would take their time for nothing. */
function neededOf(model: Model, judge: AvailabilityJudge): Model {
  const groups = judge.groupsNeeded(model).map((group) => [group.name, group] as const);
  return { ...model, groups: new Map(groups), services: new Map() };
}
