import type { Model } from '../model/model.ts';
import type { Sourced } from '../model/source.ts';
import { estimate } from '../simulation/estimate.ts';
import type { ReplicationSummary } from '../simulation/replication.ts';
import type { RunNumbers } from '../simulation/run.ts';
import {
  hasTraffic,
  type Judgement,
  judgeAvailability,
  notableUnanswered,
} from './build-availability.ts';
import type { Placer } from './build-place.ts';
import type { ObjectiveResult } from './report.ts';
import { durationEstimate, durationText, percentText, plural, quantityText } from './text.ts';

type Status = ObjectiveResult['status'];

/** How long something took, one value for each replication. */
export interface Measurement {
  readonly values: readonly number[];
  /** Replications in which it had not ended with the run, so that the value is a lower bound. */
  readonly unfinished?: number;
  /** Why the values may be too low, so that they cannot show that a promise is kept. */
  readonly doubt?: string;
  /** What stands in place of numbers when there are none. */
  readonly unknown?: { readonly text: string; readonly status: Status };
}

/** Holds every objective of the file against the run. */
export function judgeObjectives(
  model: Model,
  run: RunNumbers,
  place: Placer,
): readonly ObjectiveResult[] {
  const { objectives } = model;
  const all = run.replications;
  const judged: ObjectiveResult[] = [];
  const judge = (
    name: string,
    target: Sourced<number> | undefined,
    targetText: (value: number) => string,
    judgement: (target: number) => Judgement,
  ) => {
    if (!target) return;
    const { achieved, status } = judgement(target.value);
    const text = targetText(target.value);
    judged.push({
      name,
      origin: 'objective',
      target: text,
      achieved,
      status,
      violation: null,
      place: place(target.source.at),
    });
  };
  const share = (name: string, target: Sourced<number> | undefined) =>
    judge(
      name,
      target,
      (value) => `≥ ${percentText(value)}`,
      (value) => judgeAvailability(all, value),
    );
  const time = (name: string, target: Sourced<number> | undefined, measure: () => Measurement) =>
    judge(
      name,
      target,
      (value) => `≤ ${durationText(value)}`,
      (value) => judgeTime(value, measure()),
    );
  const latency = (percentile: 'p50' | 'p95' | 'p99') => () => measureLatency(all, percentile);
  share('Availability', objectives.availability);
  time('Latency p50', objectives.latencyP50Ms, latency('p50'));
  time('Latency p95', objectives.latencyP95Ms, latency('p95'));
  time('Latency p99', objectives.latencyP99Ms, latency('p99'));
  // Back means both: requests are answered as before, and every group has its minimum again.
  const recovery = () => measureRecovery(run);
  time('Recovery time', objectives.rtoMs, recovery);
  time('Recovery point', objectives.rpoMs, () => measureLoss(model, all));
  return judged;
}

function measureLatency(
  all: readonly ReplicationSummary[],
  percentile: 'p50' | 'p95' | 'p99',
): Measurement {
  if (!hasTraffic(all)) return { values: [], unknown: { text: 'no traffic', status: 'unclear' } };
  const values = all.flatMap(({ latencyMs }) => (latencyMs ? [latencyMs[percentile]] : []));
  const hung = notableUnanswered(all);
  if (values.length === 0) {
    const status = hung > 0 ? 'unclear' : 'missed';
    return { values, unknown: { text: 'no request was answered', status } };
  }
  // Whoever still waits has waited longer than those who were answered, as far as anyone knows.
  return hung > 0 ? { values, doubt: `${percentText(hung)} of requests unanswered` } : { values };
}

interface Outage {
  readonly ms: number;
  readonly isOver: boolean;
}

/** The longest time that clearly more requests failed than usual; see `findDisruptions`. */
function longestDisruption({ disruptions }: ReplicationSummary): Outage {
  return worst(disruptions.map(({ fromMs, toMs, isOver }) => ({ ms: toMs - fromMs, isOver })));
}

/** The longest time that a group, or any of them, was below its minimum. */
function longestOutage({ groups }: ReplicationSummary, name?: string): Outage {
  const one = name === undefined ? undefined : groups.get(name);
  return worst(
    (one ? [one] : [...groups.values()]).map(({ isUpAtTheEnd, longestOutageMs }) => ({
      ms: longestOutageMs,
      isOver: isUpAtTheEnd,
    })),
  );
}

function worst(outages: readonly Outage[]): Outage {
  return {
    ms: Math.max(0, ...outages.map(({ ms }) => ms)),
    isOver: outages.every(({ isOver }) => isOver),
  };
}

/**
 * Back means both: requests are answered as before, and every group has its minimum again; of one
 * group, that it has.
 */
export function measureRecovery(
  { replications: all, scenario }: RunNumbers,
  group?: string,
): Measurement {
  if (all.every(({ troubles }) => troubles === 0)) {
    // A promise about faults is not kept by a run in which they never came.
    return scenario && scenario.faults.length > 0
      ? { values: [], unknown: { text: 'no fault struck', status: 'unclear' } }
      : { values: [], unknown: { text: 'no component failed', status: 'met' } };
  }
  if (group !== undefined) return measureOutages(all.map((run) => longestOutage(run, group)));
  const outages = all.map((run) => worst([longestDisruption(run), longestOutage(run)]));
  return {
    ...measureOutages(outages),
    ...(all.some(({ isUsualKnown }) => !isUsualKnown) && {
      doubt: 'with too little undisturbed traffic to compare with',
    }),
  };
}

function measureOutages(outages: readonly Outage[]): Measurement {
  return {
    values: outages.map(({ ms }) => ms),
    unfinished: outages.filter(({ isOver }) => !isOver).length,
  };
}

function measureLoss(model: Model, all: readonly ReplicationSummary[]): Measurement {
  if (![...model.groups.values()].some(({ replication }) => replication)) {
    return { values: [], unknown: { text: "no group has a 'replication'", status: 'unclear' } };
  }
  const loss = ({ groups }: ReplicationSummary) =>
    Math.max(0, ...[...groups.values()].map(({ lostWritesMs }) => lostWritesMs));
  return { values: all.map(loss) };
}

/**
 * Met or missed when the whole interval lies on one side of the target; unclear when it covers it,
 * and when a time that is within the target may be longer in truth.
 */
export function judgeTime(target: number, measured: Measurement): Judgement {
  const { doubt, unfinished = 0, unknown, values } = measured;
  if (unknown) return { status: unknown.status, achieved: unknown.text };
  const estimated = estimate(values);
  const spread = estimated.halfWidth ?? 0;
  const isMet = estimated.mean + spread <= target;
  const isMissed = estimated.mean - spread > target;
  const isOpen = unfinished > 0 || doubt !== undefined;
  const status: Status = isMissed ? 'missed' : isMet && !isOpen ? 'met' : 'unclear';
  const runs = values.length === 1 ? 'the run' : plural(unfinished, 'run');
  const notes = [
    ...(unfinished > 0 ? [`not over when ${runs} ended`] : []),
    ...(doubt !== undefined ? [doubt] : []),
  ];
  return { status, achieved: [quantityText(durationEstimate(estimated)), ...notes].join(', ') };
}
