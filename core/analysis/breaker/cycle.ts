import { isAmount, isRatio } from '../numeric/ranges.ts';

/** Shares of time that a breaker spends in its states; they add up to 1. */
export interface BreakerStateShares {
  readonly closed: number;
  readonly open: number;
  readonly halfOpen: number;
}

/**
 * How a breaker that flaps spends its time, in the long run.
 *
 * With D = closed + (open + half-open) / s: closed/D, open/(s·D), half-open/(s·D)
 *
 * A semi-Markov process: closed, open, half-open, and from there closed again with probability s,
 * else open. Holds for any distribution of the three times.
 *
 * @param closedMs mean time until it opens, 0 or more
 * @param openMs mean time that it stays open, 0 or more
 * @param halfOpenMs mean time that trials take, 0 or more
 * @param closing s, the probability that trials close it (`closeProbability`), in [0, 1]
 * @returns `undefined` also when all three times are 0
 */
export function breakerStateShares(
  closedMs: number,
  openMs: number,
  halfOpenMs: number,
  closing: number,
): BreakerStateShares | undefined {
  if (!isAmount(closedMs) || !isAmount(openMs) || !isAmount(halfOpenMs)) return undefined;
  if (!isRatio(closing)) return undefined;
  // All times s, so that a breaker that never closes again needs no infinity.
  const cycle = closing * closedMs + openMs + halfOpenMs;
  if (cycle === 0) return undefined;
  return {
    closed: (closing * closedMs) / cycle,
    open: openMs / cycle,
    halfOpen: halfOpenMs / cycle,
  };
}

/**
 * Trial calls that reach a callee at the same moment when all callers' breakers go half-open
 * together, because they opened together.
 *
 * callers · trials
 *
 * @param callers processes with a breaker each, 0 or more
 * @param trials that one breaker lets through at once, 0 or more
 */
export function trialsAtOnce(callers: number, trials: number): number | undefined {
  return isAmount(callers) && isAmount(trials) ? callers * trials : undefined;
}
