import type { TrafficStatistics } from './traffic-statistics.ts';

/** A stretch of the run in which clearly more requests failed than usual. */
export interface Disruption {
  readonly fromMs: number;
  readonly toMs: number;
  /** False when requests still failed as the run ended. */
  readonly isOver: boolean;
}

/** How far the share of failures may rise above the usual one before it counts, as a ratio. */
const TOLERANCE = 0.01;
/** Fewer answers before the first fault than this do not tell what is usual. */
const ENOUGH_ANSWERS = 100;
/** A system that fails more often than this is down, even if it always was. */
const MOST_USUAL = 0.5;

/**
 * Finds when service was disturbed and when it came back. The run is cut into up to 600 buckets. A
 * bucket is bad when the share of failures among its answers is more than one percentage point
 * above the usual share, and the excess is no chance: over three standard deviations (binomial)
 * plus one failure. Usual is the share before the first fault, or, with too little traffic before
 * it, the lower quartile over the buckets.
 *
 * A disruption begins with the first bad bucket and ends, for good, with the last one; each fault
 * of the scenario that strikes while all is well begins a new count. So the time it takes is right
 * to one bucket, and comes back for a moment and is lost again counts as not come back.
 */
export function findDisruptions(
  statistics: Pick<TrafficStatistics, 'answers' | 'failedAnswers'>,
  faultTimesMs: readonly number[],
  endMs: number,
): Disruption[] {
  const answers = statistics.answers.until(endMs);
  const failed = statistics.failedAnswers.until(endMs);
  const { bucketMs } = statistics.answers;
  const firstFault = Math.floor(Math.min(endMs, ...faultTimesMs) / bucketMs);
  const usual = usualShare(answers, failed, faultTimesMs.length > 0 ? firstFault : 0);
  const faultBuckets = new Set(faultTimesMs.map((atMs) => Math.floor(atMs / bucketMs)));

  const disruptions: Disruption[] = [];
  let first = -1;
  let last = -1;
  const close = () => {
    if (first < 0) return;
    // A bucket without answers cannot tell, so only a good one after the last bad one ends it.
    const isOver = answers.slice(last + 1).some((count) => count > 0);
    const toMs = Math.min(endMs, (last + 1) * bucketMs);
    disruptions.push({ fromMs: first * bucketMs, toMs: isOver ? toMs : endMs, isOver });
    first = -1;
  };
  for (let bucket = 0; bucket < answers.length; bucket++) {
    if (faultBuckets.has(bucket) && last < bucket - 1) close();
    if (!isBad(answers[bucket] ?? 0, failed[bucket] ?? 0, usual)) continue;
    if (first < 0) first = bucket;
    last = bucket;
  }
  close();
  return disruptions;
}

function isBad(answers: number, failed: number, usual: number): boolean {
  const expected = answers * usual;
  const deviation = Math.sqrt(expected * (1 - usual));
  return failed > answers * (usual + TOLERANCE) && failed > expected + 3 * deviation + 1;
}

function usualShare(answers: readonly number[], failed: readonly number[], before: number): number {
  const sum = (values: readonly number[]) => values.reduce((total, value) => total + value, 0);
  const answersBefore = sum(answers.slice(0, before));
  if (answersBefore >= ENOUGH_ANSWERS) {
    return Math.min(MOST_USUAL, sum(failed.slice(0, before)) / answersBefore);
  }
  const shares = answers.flatMap((count, bucket) =>
    count > 0 ? [(failed[bucket] ?? 0) / count] : [],
  );
  shares.sort((a, b) => a - b);
  return Math.min(MOST_USUAL, shares[Math.floor(shares.length / 4)] ?? 0);
}
