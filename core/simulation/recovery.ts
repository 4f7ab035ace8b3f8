import { type Bucket, findUsual, isBad, NOTHING_FAILS, sumOf, WORST_USUAL } from './disturbance.ts';
import type { TrafficStatistics } from './traffic-statistics.ts';
import type { Trouble } from './trouble-log.ts';

/** A stretch of the run in which clearly more requests than usual failed or got no answer. */
export interface Disruption {
  readonly fromMs: number;
  readonly toMs: number;
  /** False when service was still disturbed as the run ended. */
  readonly isOver: boolean;
}

export interface Disruptions {
  readonly disruptions: readonly Disruption[];
  /** False when there was too little undisturbed traffic to compare with: there may be more. */
  readonly isUsualKnown: boolean;
}

type Statistics = Pick<
  TrafficStatistics,
  'arrivals' | 'outcomes' | 'firstFailures' | 'lastFailures'
>;

/** Service is back for good when it stays well for this share of the run. */
const BACK_FOR_GOOD = 1 / 20;
/** Buckets are merged until they have about this many requests: fewer tell nothing by their share. */
const ENOUGH_PER_BUCKET = 20;

/**
 * Finds when service was disturbed and when it came back. The run is cut into up to 720 buckets,
 * each of which is good or bad by what is usual; see `disturbance.ts`.
 *
 * A disruption begins with a bad bucket after something failed or was degraded. It ends with the
 * last bad bucket before service stays well for a twentieth of the run, or before the next trouble
 * strikes a system that is well. Within these buckets it lasts from the first failed answer to the
 * last. Where there is no trouble there is nothing to come back from, however many requests fail.
 *
 * @param troubles what failed or was degraded, and for how long
 */
export function findDisruptions(
  statistics: Statistics,
  troubles: readonly Trouble[],
  endMs: number,
): Disruptions {
  if (troubles.length === 0) return { disruptions: [], isUsualKnown: true };
  const { buckets, bucketMs } = cut(statistics, endMs);
  const usual = findUsual(buckets, troubles, bucketMs);
  if (usual) {
    const bad = buckets.map((bucket) => isBad(bucket, usual));
    return { disruptions: collect(buckets, bad, troubles, bucketMs, endMs), isUsualKnown: true };
  }
  const isUsualKnown = buckets.every((bucket) => !isBad(bucket, NOTHING_FAILS));
  const bad = buckets.map((bucket) => isBad(bucket, WORST_USUAL));
  return { disruptions: collect(buckets, bad, troubles, bucketMs, endMs), isUsualKnown };
}

function collect(
  buckets: readonly Bucket[],
  bad: readonly boolean[],
  troubles: readonly Trouble[],
  bucketMs: number,
  endMs: number,
): Disruption[] {
  const strikes = new Map<number, number>();
  for (const { fromMs } of troubles) {
    const index = Math.floor(fromMs / bucketMs);
    strikes.set(index, Math.min(strikes.get(index) ?? fromMs, fromMs));
  }
  const patience = Math.max(1, Math.round(buckets.length * BACK_FOR_GOOD));
  const disruptions: Disruption[] = [];
  let first = -1;
  let last = -1;
  const close = () => {
    if (first < 0) return;
    // A bucket without answers cannot tell, so only a good one after the last bad one ends it.
    const isOver = buckets.slice(last + 1).some((bucket) => bucket.answers > 0);
    const [begin, end] = [buckets[first] as Bucket, buckets[last] as Bucket];
    const struckMs = Math.max(first * bucketMs, strikes.get(first) ?? 0);
    const fromMs = begin.failed > 0 ? Math.max(struckMs, begin.firstFailureMs) : struckMs;
    const lastMs = end.failed > 0 && !end.isHung ? end.lastFailureMs : (last + 1) * bucketMs;
    const toMs = isOver ? Math.max(fromMs, Math.min(endMs, lastMs)) : endMs;
    disruptions.push({ fromMs, toMs, isOver });
    first = -1;
  };
  const start = Math.min(...strikes.keys());
  for (let index = start; index < buckets.length; index++) {
    const strikesWell = strikes.has(index) && last < index - 1;
    if (strikesWell || index - last > patience) close();
    if (!bad[index]) continue;
    if (first < 0) first = index;
    last = index;
  }
  close();
  return disruptions;
}

function cut(statistics: Statistics, endMs: number): { buckets: Bucket[]; bucketMs: number } {
  const { arrivals: arriving, outcomes } = statistics;
  const arrivals = arriving.until(endMs);
  const failed = outcomes.failed.until(endMs);
  const succeeded = outcomes.succeeded.until(endMs);
  const degraded = outcomes.degraded.until(endMs);
  const answers = failed.map((count, index) => {
    return count + (succeeded[index] ?? 0) + (degraded[index] ?? 0);
  });
  const firstMs = statistics.firstFailures.until(endMs);
  const lastMs = statistics.lastFailures.until(endMs);
  const most = sumOf(answers.map((count, index) => Math.max(count, arrivals[index] ?? 0)));
  const wanted = Math.ceil((ENOUGH_PER_BUCKET * answers.length) / Math.max(1, most));
  const merged = Math.min(answers.length, wanted);
  const buckets: Bucket[] = [];
  for (let from = 0; from < answers.length; from += merged) {
    const to = from + merged;
    buckets.push(
      createBucket({
        arrived: sumOf(arrivals.slice(from, to)),
        answers: sumOf(answers.slice(from, to)),
        failed: sumOf(failed.slice(from, to)),
        firstFailureMs: Math.min(...firstMs.slice(from, to)),
        lastFailureMs: Math.max(...lastMs.slice(from, to)),
      }),
    );
  }
  return { buckets, bucketMs: arriving.bucketMs * merged };
}

/** How many standard deviations fewer answers than arrivals are no chance any more. */
const HUNG_DEVIATIONS = 4;

/** Requests hang where far fewer end than arrive; a slower service only shifts its answers. */
function createBucket(counts: Omit<Bucket, 'isHung'>): Bucket {
  const { answers, arrived } = counts;
  const isHung = answers < arrived / 2 && arrived - answers > HUNG_DEVIATIONS * Math.sqrt(arrived);
  return { ...counts, isHung };
}
