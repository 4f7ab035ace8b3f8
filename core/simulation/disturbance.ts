import type { Trouble } from './trouble-log.ts';

/** What happened to requests during one stretch of a run. */
export interface Bucket {
  readonly arrived: number;
  readonly answers: number;
  readonly failed: number;
  /** Infinity and -Infinity where nothing failed. */
  readonly firstFailureMs: number;
  readonly lastFailureMs: number;
  /** Whether far fewer requests ended than arrived. */
  readonly isHung: boolean;
}

/** What goes wrong while nothing is disturbed. */
export interface Usual {
  /** Share of failures among answers. */
  readonly share: number;
  /** Variance of the failures in a bucket as a multiple of the binomial one; at least 1. */
  readonly dispersion: number;
}

/** How far the share of failures may rise above the usual one before it counts, as a ratio. */
const TOLERANCE = 0.01;
/** How many standard deviations above the usual number of failures are no chance any more. */
const DEVIATIONS = 5;
/** Fewer answers before the first trouble than this do not tell what is usual. */
const ENOUGH_BEFORE = 100;
/** Fewer answers away from all troubles than this do not tell either. */
const ENOUGH_APART = 20;
/** A system that fails more often than this is down, even if it always was. */
const MOST_USUAL = 0.5;

export const NOTHING_FAILS: Usual = { share: 0, dispersion: 1 };
export const WORST_USUAL: Usual = { share: MOST_USUAL, dispersion: 1 };

/**
 * A bucket is bad when requests hang, or when the share of failures among its answers is more than
 * one percentage point above the usual share, and by more than chance explains: five standard
 * deviations and one failure. Failures come in bursts (a full pool turns away many at once), so the
 * deviation is that of the usual buckets, not the binomial one.
 */
export function isBad({ answers, failed, isHung }: Bucket, { dispersion, share }: Usual): boolean {
  if (isHung) return true;
  const expected = answers * share;
  const deviation = Math.sqrt(expected * (1 - share) * dispersion);
  return failed > answers * (share + TOLERANCE) && failed > expected + DEVIATIONS * deviation + 1;
}

/**
 * Usual are the buckets before the first trouble or, with too little traffic there, the better nine
 * tenths of those that no trouble touches. Undefined when these tell too little as well: what
 * happens during a long fault must not pass for usual.
 */
export function findUsual(
  buckets: readonly Bucket[],
  troubles: readonly Trouble[],
  bucketMs: number,
): Usual | undefined {
  const start = troubles.reduce(
    (first, { fromMs }) => Math.min(first, fromMs),
    Number.POSITIVE_INFINITY,
  );
  const before = buckets.slice(0, Math.floor(start / bucketMs));
  if (answersOf(before) >= ENOUGH_BEFORE) return measure(before);
  const touched = new Set<number>();
  for (const { fromMs, toMs } of troubles) {
    const last = Math.min(buckets.length - 1, Math.floor(toMs / bucketMs));
    for (let index = Math.floor(fromMs / bucketMs); index <= last; index++) touched.add(index);
  }
  const apart = betterBuckets(buckets.filter((_, index) => !touched.has(index)));
  return answersOf(apart) >= ENOUGH_APART ? measure(apart) : undefined;
}

function measure(buckets: readonly Bucket[]): Usual {
  const reference = buckets.filter(({ answers }) => answers > 0);
  const share = sumOf(reference.map(({ failed }) => failed)) / answersOf(reference);
  if (share > MOST_USUAL) return WORST_USUAL;
  if (share === 0) return NOTHING_FAILS;
  // Pearson's chi-squared over its degrees of freedom.
  let chiSquared = 0;
  for (const { answers, failed } of reference) {
    const expected = answers * share;
    chiSquared += (failed - expected) ** 2 / (expected * (1 - share));
  }
  return { share, dispersion: Math.max(1, chiSquared / Math.max(1, reference.length - 1)) };
}

function betterBuckets(buckets: readonly Bucket[]): Bucket[] {
  const answered = buckets.filter(({ answers }) => answers > 0);
  answered.sort((a, b) => a.failed / a.answers - b.failed / b.answers);
  return answered.slice(0, Math.ceil(answered.length * 0.9));
}

function answersOf(buckets: readonly Bucket[]): number {
  return sumOf(buckets.map(({ answers }) => answers));
}

export function sumOf(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0);
}
