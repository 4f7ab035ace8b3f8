import { isAmount, isPositive, isRatio } from '../numeric/ranges.ts';

/**
 * Shares of time that something is up and down, in the long run. They add up to 1; both are kept,
 * because 1 − up has lost its digits where availability is high.
 */
export interface Availability {
  /** In [0, 1]. */
  readonly up: number;
  /** In [0, 1]. */
  readonly down: number;
}

/**
 * Availability of one component that fails and is repaired.
 *
 * up = MTTF / (MTTF + MTTR)
 *
 * Holds for any distribution of both times. What configs call `mtbf` is mostly the mean time *up*,
 * as here; AWS's "Availability and Beyond" (eq. 2) does so too. In the strict sense MTBF = MTTF +
 * MTTR.
 *
 * @param mttfMs mean time up until a failure, more than 0
 * @param mttrMs mean time down until repaired, 0 or more
 */
export function steadyState(mttfMs: number, mttrMs: number): Availability | undefined {
  if (!isPositive(mttfMs) || !isAmount(mttrMs)) return undefined;
  return fromOdds(mttrMs / mttfMs);
}

/** Availability of something that is up for this share of time, in [0, 1]. */
export function availableFor(up: number): Availability | undefined {
  return isRatio(up) ? { up, down: 1 - up } : undefined;
}

/** From the time down for each unit of time up; 0 or more. */
export function fromOdds(downPerUp: number): Availability {
  return { up: 1 / (1 + downPerUp), down: downPerUp / (1 + downPerUp) };
}
