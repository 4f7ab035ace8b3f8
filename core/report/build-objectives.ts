import type { Expectations, Model } from '../model/model.ts';
import type { Sourced } from '../model/source.ts';
import { estimate } from '../simulation/estimate.ts';
import type { ReplicationSummary } from '../simulation/replication.ts';
import type { SimulationRun } from '../simulation/run.ts';
import type { Placer } from './build-place.ts';
import type { Estimate, ObjectiveResult } from './report.ts';
import { durationEstimate, percentEstimate, plural, type Quantity } from './text.ts';

type Status = ObjectiveResult['status'];

/** What a run came to in one respect, one value for each replication. */
interface Measurement {
  readonly values: readonly number[];
  /** Replications in which it had not ended with the run, so that the value is a lower bound. */
  readonly unfinished?: number;
  /** What stands in place of numbers when there are none. */
  readonly unknown?: { readonly text: string; readonly status: Status };
}

/** Holds every objective of the file, and what the scenario expects, against the run. */
export function judgeObjectives(
  model: Model,
  run: SimulationRun,
  place: Placer,
): readonly ObjectiveResult[] {
  const { objectives } = model;
  const expect: Expectations = run.scenario?.expect ?? {};
  const all = run.replications;
  const judged: ObjectiveResult[] = [];
  const judge = (
    name: string,
    origin: ObjectiveResult['origin'],
    target: Sourced<number> | undefined,
    kind: 'share' | 'time',
    measure: () => Measurement,
  ) => {
    if (!target) return;
    const measurement = measure();
    judged.push({
      name,
      origin,
      target: targetText(kind, target.value),
      achieved: achievedText(kind, measurement),
      status: statusOf(kind, target.value, measurement),
      place: place(target.source.at),
    });
  };
  const availability = () => measureAvailability(all);
  const latency = (percentile: 'p50' | 'p95' | 'p99') => () => measureLatency(all, percentile);
  judge('Availability', 'objective', objectives.availability, 'share', availability);
  judge('Latency p50', 'objective', objectives.latencyP50Ms, 'time', latency('p50'));
  judge('Latency p95', 'objective', objectives.latencyP95Ms, 'time', latency('p95'));
  judge('Latency p99', 'objective', objectives.latencyP99Ms, 'time', latency('p99'));
  // Back means both: requests are answered as before, and every group has its minimum again.
  const recovery = () =>
    measureTimes(all, (run) => worst([longestDisruption(run), longestOutage(run)]));
  judge('Recovery time', 'objective', objectives.rtoMs, 'time', recovery);
  judge('Recovery point', 'objective', objectives.rpoMs, 'time', () => measureLoss(model, all));
  judge('Availability', 'expectation', expect.availability, 'share', availability);
  judge('Latency p99', 'expectation', expect.latencyP99Ms, 'time', latency('p99'));
  judge('Recovers within', 'expectation', expect.recoversWithinMs, 'time', recovery);
  return judged;
}

export function hasTraffic(replications: readonly ReplicationSummary[]): boolean {
  return replications.some(({ arrived }) => arrived > 0);
}

/** Share of the finished requests that were answered; null when none was finished. */
export function successRatio(run: ReplicationSummary): number | null {
  const finished = run.arrived - run.unanswered;
  return finished === 0 ? null : (run.succeeded + run.degraded) / finished;
}

/** Requests answered where there is traffic; else the time during which every group was up. */
function measureAvailability(all: readonly ReplicationSummary[]): Measurement {
  if (!hasTraffic(all)) return { values: all.map(({ systemAvailability }) => systemAvailability) };
  const values = all.map(successRatio).filter((ratio) => ratio !== null);
  return values.length > 0
    ? { values }
    : { values, unknown: { text: 'no request was finished', status: 'missed' } };
}

function measureLatency(
  all: readonly ReplicationSummary[],
  percentile: 'p50' | 'p95' | 'p99',
): Measurement {
  if (!hasTraffic(all)) return { values: [], unknown: { text: 'no traffic', status: 'unclear' } };
  const values = all.flatMap(({ latencyMs }) => (latencyMs ? [latencyMs[percentile]] : []));
  return values.length > 0
    ? { values }
    : { values, unknown: { text: 'no request was answered', status: 'missed' } };
}

interface Outage {
  readonly ms: number;
  readonly isOver: boolean;
}

/** The longest time that clearly more requests failed than usual; see `findDisruptions`. */
function longestDisruption({ disruptions }: ReplicationSummary): Outage {
  return worst(disruptions.map(({ fromMs, toMs, isOver }) => ({ ms: toMs - fromMs, isOver })));
}

/** The longest time that a group was below its minimum. */
function longestOutage({ groups }: ReplicationSummary): Outage {
  return worst(
    [...groups.values()].map(({ isUpAtTheEnd, longestOutageMs }) => ({
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

function measureTimes(
  all: readonly ReplicationSummary[],
  measure: (run: ReplicationSummary) => Outage,
): Measurement {
  if (all.every(({ troubles }) => troubles === 0)) {
    return { values: [], unknown: { text: 'nothing failed', status: 'met' } };
  }
  const outages = all.map(measure);
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
 * and when a time that is within the target so far had not ended with the run.
 */
function statusOf(kind: 'share' | 'time', target: number, measured: Measurement): Status {
  const { unfinished = 0, unknown, values } = measured;
  if (unknown) return unknown.status;
  const { halfWidth, mean } = estimate(values);
  const spread = halfWidth ?? 0;
  const isMet = kind === 'share' ? mean - spread >= target : mean + spread <= target;
  if (isMet) return unfinished > 0 ? 'unclear' : 'met';
  const isMissed = kind === 'share' ? mean + spread < target : mean - spread > target;
  return isMissed ? 'missed' : 'unclear';
}

function targetText(kind: 'share' | 'time', target: number): string {
  const exactly: Estimate = { mean: target, halfWidth: null };
  return kind === 'share'
    ? `≥ ${percentEstimate(exactly).value}`
    : `≤ ${durationEstimate(exactly).value}`;
}

function achievedText(kind: 'share' | 'time', measured: Measurement): string {
  const { unfinished = 0, unknown, values } = measured;
  if (unknown) return unknown.text;
  const estimated = estimate(values);
  const text = quantityText(
    kind === 'share' ? percentEstimate(estimated) : durationEstimate(estimated),
  );
  if (unfinished === 0) return text;
  const runs = values.length === 1 ? 'the run' : plural(unfinished, 'run');
  return `${text}, not over when ${runs} ended`;
}

/** The spread is left out where it is nothing. */
function quantityText({ spread, value }: Quantity): string {
  return spread === undefined || spread === '± 0' ? value : `${value} ${spread}`;
}
