import type { Goodput } from './goodput.ts';

/** What was offered to a service during some time, and what was answered in full. */
export interface Stretch {
  readonly arrived: number;
  readonly answered: number;
}

/** What becomes of requests while nothing is wrong. */
export interface UsualGoodput {
  /** Full answers for each request that arrives. */
  readonly share: number;
  /** Variance of the answers in a stretch as a multiple of the Poisson one; at least 1. */
  readonly dispersion: number;
}

/** Goodput is down when it lacks at least this share of the usual one … */
const TOLERANCE = 0.1;
/** … and more than this many standard deviations, which is no chance any more. */
const DEVIATIONS = 4;
/** Stretches are merged until about this many requests arrive in one; several are judged together. */
const ENOUGH_PER_STRETCH = 25;
/** With fewer requests before the first fault nobody knows what is usual. */
const ENOUGH_BEFORE = 100;

/** Lacks a tenth of the usual goodput, be it by chance. */
export function isShort({ answered, arrived }: Stretch, { share }: UsualGoodput): boolean {
  return answered < arrived * share * (1 - TOLERANCE);
}

/**
 * Short, and not by chance. Goodput is held against what arrived in the same time, so that a load
 * that changes is no fault.
 */
export function isDown(stretch: Stretch, usual: UsualGoodput): boolean {
  const { answered, arrived } = stretch;
  return isShort(stretch, usual) && arrived * usual.share - answered > deviation(arrived, usual);
}

/** Whether one stretch answered so much more than another that it is no chance, and not little. */
export function isRising(earlier: Stretch, later: Stretch, usual: UsualGoodput): boolean {
  if (later.arrived === 0) return false;
  const scale = earlier.arrived / later.arrived;
  const gained = later.answered * scale - earlier.answered;
  const spread = deviation(earlier.arrived, usual) * Math.SQRT2;
  return gained > earlier.arrived * usual.share * TOLERANCE && gained > spread;
}

function deviation(arrived: number, { dispersion, share }: UsualGoodput): number {
  return DEVIATIONS * Math.sqrt(arrived * share * dispersion);
}

/** Undefined when too little came in, or nothing was answered, for anything to come back to. */
export function usualOf(before: readonly Stretch[]): UsualGoodput | undefined {
  const { answered, arrived } = pool(before);
  if (arrived < ENOUGH_BEFORE || answered === 0) return undefined;
  const share = answered / arrived;
  // Pearson's chi-squared over its degrees of freedom.
  let chiSquared = 0;
  for (const stretch of before) {
    const expected = stretch.arrived * share;
    if (expected > 0) chiSquared += (stretch.answered - expected) ** 2 / expected;
  }
  return { share, dispersion: Math.max(1, chiSquared / Math.max(1, before.length - 1)) };
}

export function pool(stretches: readonly Stretch[]): Stretch {
  let arrived = 0;
  let answered = 0;
  for (const stretch of stretches) {
    arrived += stretch.arrived;
    answered += stretch.answered;
  }
  return { arrived, answered };
}

/** A run in equal stretches. */
export interface Course {
  readonly stretches: readonly Stretch[];
  readonly stretchMs: number;
}

export function courseOf({ answers, arrivals }: Goodput, endMs: number): Course {
  const arrived = arrivals.until(endMs);
  const answered = answers.until(endMs);
  const all = arrived.reduce((sum, count) => sum + count, 0);
  const wanted = Math.ceil((ENOUGH_PER_STRETCH * arrived.length) / Math.max(1, all));
  const merged = Math.min(arrived.length, wanted);
  const stretches: Stretch[] = [];
  for (let from = 0; from < arrived.length; from += merged) {
    const sum = (counts: readonly number[]) =>
      counts.slice(from, from + merged).reduce((total, count) => total + count, 0);
    stretches.push({ arrived: sum(arrived), answered: sum(answered) });
  }
  return { stretches, stretchMs: arrivals.bucketMs * merged };
}
