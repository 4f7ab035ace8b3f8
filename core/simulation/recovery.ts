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
/** How many standard deviations above the usual number of failures are no chance any more. */
const DEVIATIONS = 5;
/** Fewer answers before the first trouble than this do not tell what is usual. */
const ENOUGH_ANSWERS = 100;
/** A system that fails more often than this is down, even if it always was. */
const MOST_USUAL = 0.5;
/** Service is back for good when it stays well for this share of the run. */
const BACK_FOR_GOOD = 1 / 20;

/**
 * Finds when service was disturbed and when it came back. The run is cut into up to 600 buckets. A
 * bucket is bad when the share of failures among its answers is more than one percentage point
 * above the usual share, and by more than chance explains: five standard deviations and one
 * failure. Failures come in bursts (a full pool turns away many at once), so the deviation is that
 * of the usual buckets, not the binomial one. Usual are the buckets before the first trouble or,
 * with too little traffic there, the better nine tenths of all.
 *
 * A disruption begins with a bad bucket after something failed or was degraded. It ends with the
 * last bad bucket before service stays well for a twentieth of the run, or before the next trouble
 * strikes a system that is well. Its length is right to about one bucket. Where there is no trouble
 * there is nothing to come back from, however many requests fail.
 *
 * @param troubleMs when components failed and degradations began
 */
export function findDisruptions(
  statistics: Pick<TrafficStatistics, 'answers' | 'failedAnswers'>,
  troubleMs: readonly number[],
  endMs: number,
): Disruption[] {
  if (troubleMs.length === 0) return [];
  const answers = statistics.answers.until(endMs);
  const failed = statistics.failedAnswers.until(endMs);
  const { bucketMs } = statistics.answers;
  const buckets = answers.map((count, index) => ({ answers: count, failed: failed[index] ?? 0 }));
  const troubles = new Set(troubleMs.map((atMs) => Math.floor(atMs / bucketMs)));
  const start = Math.min(...troubles);
  const usual = findUsual(buckets, start);
  const patience = Math.max(1, Math.round(buckets.length * BACK_FOR_GOOD));

  const disruptions: Disruption[] = [];
  let first = -1;
  let last = -1;
  const close = () => {
    if (first < 0) return;
    // A bucket without answers cannot tell, so only a good one after the last bad one ends it.
    const isOver = buckets.slice(last + 1).some((bucket) => bucket.answers > 0);
    const toMs = isOver ? Math.min(endMs, (last + 1) * bucketMs) : endMs;
    disruptions.push({ fromMs: first * bucketMs, toMs, isOver });
    first = -1;
  };
  for (let index = start; index < buckets.length; index++) {
    const strikesWell = troubles.has(index) && last < index - 1;
    if (strikesWell || index - last > patience) close();
    if (!isBad(buckets[index] as Bucket, usual)) continue;
    if (first < 0) first = index;
    last = index;
  }
  close();
  return disruptions;
}

interface Bucket {
  readonly answers: number;
  readonly failed: number;
}

interface Usual {
  /** Share of failures among answers. */
  readonly share: number;
  /** Variance of the failures in a bucket as a multiple of the binomial one; at least 1. */
  readonly dispersion: number;
}

function isBad({ answers, failed }: Bucket, { dispersion, share }: Usual): boolean {
  const expected = answers * share;
  const deviation = Math.sqrt(expected * (1 - share) * dispersion);
  return failed > answers * (share + TOLERANCE) && failed > expected + DEVIATIONS * deviation + 1;
}

function findUsual(buckets: readonly Bucket[], start: number): Usual {
  const before = buckets.slice(0, start).filter(({ answers }) => answers > 0);
  const reference = sum(before, 'answers') >= ENOUGH_ANSWERS ? before : betterBuckets(buckets);
  const answers = sum(reference, 'answers');
  if (answers === 0) return { share: 0, dispersion: 1 };
  const share = sum(reference, 'failed') / answers;
  if (share > MOST_USUAL) return { share: MOST_USUAL, dispersion: 1 };
  if (share === 0) return { share, dispersion: 1 };
  // Pearson's chi-squared over its degrees of freedom.
  let chiSquared = 0;
  for (const bucket of reference) {
    const expected = bucket.answers * share;
    chiSquared += (bucket.failed - expected) ** 2 / (expected * (1 - share));
  }
  return { share, dispersion: Math.max(1, chiSquared / Math.max(1, reference.length - 1)) };
}

function betterBuckets(buckets: readonly Bucket[]): Bucket[] {
  const answered = buckets.filter(({ answers }) => answers > 0);
  answered.sort((a, b) => a.failed / a.answers - b.failed / b.answers);
  return answered.slice(0, Math.ceil(answered.length * 0.9));
}

function sum(buckets: readonly Bucket[], key: keyof Bucket): number {
  return buckets.reduce((total, bucket) => total + bucket[key], 0);
}
