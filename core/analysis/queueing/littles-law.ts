import { isAmount, isCount, isPositive, isRatio } from '../numeric/ranges.ts';

/**
 * Requests in progress at once, on average: the offered load in erlangs.
 *
 * L = λ · W (Little's law)
 *
 * Holds for any system that is stable, whatever the distributions. With a timeout as W it is the
 * number of slots that are held when everything hangs.
 *
 * @param ratePerSecond λ, 0 or more
 * @param durationMs W, the mean time that one request holds its slot, 0 or more
 */
export function requestsInProgress(ratePerSecond: number, durationMs: number): number | undefined {
  if (!isAmount(ratePerSecond) || !isAmount(durationMs)) return undefined;
  return (ratePerSecond * durationMs) / 1000;
}

/**
 * Requests a second that a pool can carry at most.
 *
 * λ = size / W
 *
 * @param size slots, 0 to 1,000,000
 * @param durationMs W, the mean time that one request holds its slot, more than 0
 */
export function throughputCeiling(size: number, durationMs: number): number | undefined {
  if (!isCount(size) || !isPositive(durationMs)) return undefined;
  return (size * 1000) / durationMs;
}

/**
 * Share of requests for which a pool has no room in the long run because some of them hang until
 * their timeout, however evenly they arrive.
 *
 * rejected = max(0, 1 − size / (λ · W)), W = hanging · timeout + (1 − hanging) · usual
 *
 * The estimate for a fluid: randomness adds to it where the pool is nearly full (`erlangB`).
 * Source: "Site Reliability Engineering", chapter 22 (bimodal latency).
 *
 * @param size slots, 0 to 1,000,000
 * @param ratePerSecond λ, 0 or more
 * @param usualMs mean time of a request that does not hang, 0 or more
 * @param hanging share of requests that hang, in [0, 1]
 * @param timeoutMs how long a hanging request holds its slot, 0 or more
 */
export function rejectedByHanging(
  size: number,
  ratePerSecond: number,
  usualMs: number,
  hanging: number,
  timeoutMs: number,
): number | undefined {
  if (!isCount(size) || !isAmount(ratePerSecond) || !isRatio(hanging)) return undefined;
  if (!isAmount(usualMs) || !isAmount(timeoutMs)) return undefined;
  const needed = (ratePerSecond * (hanging * timeoutMs + (1 - hanging) * usualMs)) / 1000;
  return needed > size ? 1 - size / needed : 0;
}
