import { isAmount, isCount, isPositive, isRatio } from '../numeric/ranges.ts';
import { findRoot } from '../numeric/search.ts';

/**
 * - `stable`: no outage can keep itself up by its retries.
 * - `vulnerable`: the load is carried, but an outage that once happened lasts.
 * - `overload`: the load is too much even without retries.
 */
export type LoadRegion = 'stable' | 'vulnerable' | 'overload';

export interface RetryStorm {
  readonly region: LoadRegion;
  /** Requests a second while every attempt fails and is retried. */
  readonly sustainedPerSecond: number;
  /** Load below which the system comes back by itself after an outage. */
  readonly hiddenCapacityPerSecond: number;
}

/**
 * Whether an outage can sustain itself: while everything fails, retries multiply the load, and if
 * that is at least the capacity, everything goes on failing.
 *
 * sustained = load · amplification, hidden capacity = capacity / amplification,
 * vulnerable while hidden capacity ≤ load ≤ capacity
 *
 * Assumes that a failed attempt costs as much as one that succeeds: it times out after the work.
 * Source: N. Bronson et al., "Metastable Failures in Distributed Systems" (HotOS 2021).
 *
 * @param loadPerSecond calls, without retries, 0 or more
 * @param capacityPerSecond more than 0
 * @param amplification requests for each call while all fail (attempts, or less with a budget), 1 or
 * more
 */
export function retryStorm(
  loadPerSecond: number,
  capacityPerSecond: number,
  amplification: number,
): RetryStorm | undefined {
  if (!isAmount(loadPerSecond) || !isPositive(capacityPerSecond)) return undefined;
  if (!isPositive(amplification) || amplification < 1) return undefined;
  const sustainedPerSecond = loadPerSecond * amplification;
  const region =
    loadPerSecond > capacityPerSecond
      ? 'overload'
      : sustainedPerSecond < capacityPerSecond
        ? 'stable'
        : 'vulnerable';
  return {
    region,
    sustainedPerSecond,
    hiddenCapacityPerSecond: capacityPerSecond / amplification,
  };
}

/**
 * The retry budget, as a share of calls, below which no outage can sustain itself.
 *
 * budget = capacity / load − 1
 *
 * @param loadPerSecond calls, without retries, more than 0
 * @param capacityPerSecond more than 0
 * @returns `undefined` also when the load alone is more than the capacity
 */
export function largestSafeBudget(
  loadPerSecond: number,
  capacityPerSecond: number,
): number | undefined {
  if (!isPositive(loadPerSecond) || !isPositive(capacityPerSecond)) return undefined;
  return loadPerSecond <= capacityPerSecond ? capacityPerSecond / loadPerSecond - 1 : undefined;
}

/** Shares of attempts that fail, at which a system with retries stays where it is. */
export interface FailureBalance {
  /**
   * Above this share the failures feed themselves and grow; absent when no share does that, or when
   * they grow from nothing.
   */
  readonly tipping?: number;
  /** Where growing failures come to rest; absent when only at the failure of everything. */
  readonly settled?: number;
}

/**
 * Where overload comes to rest when failed attempts cost less than ones that succeed.
 *
 * load · (1 + p + … + p^{n−1}) · ((1−p) + κp) = capacity, for 0 < p < 1
 *
 * The left side is the work that attempts make when a share p of them fails. It rises and then
 * falls (its derivative changes sign once), so there are at most two solutions.
 *
 * Assumes that attempts fail independently and that the callee works at capacity.
 * Source: the goodput argument of Bronson et al. (HotOS 2021) with a cost of failure.
 *
 * @param loadPerSecond calls, without retries, 0 or more
 * @param capacityPerSecond more than 0
 * @param attempts n, in all, the first one included, 1 to 1,000
 * @param failureCost κ, work of a failed attempt relative to a successful one, in [0, 1]: 1 when it
 * times out after the work is done, near 0 when it is rejected early
 */
export function failureBalance(
  loadPerSecond: number,
  capacityPerSecond: number,
  attempts: number,
  failureCost: number,
): FailureBalance | undefined {
  if (!isAmount(loadPerSecond) || !isPositive(capacityPerSecond)) return undefined;
  if (!isCount(attempts, 1, 1000) || !isRatio(failureCost)) return undefined;
  // Without attempts that cancel: 1 + κ(p + … + p^{n−1}) − (1−κ)pⁿ.
  const work = (p: number): number => {
    let sum = 0;
    let power = p;
    for (let i = 1; i < attempts; i++, power *= p) sum += power;
    return 1 + failureCost * sum - (1 - failureCost) * power;
  };
  const slope = (p: number): number => {
    let sum = 0;
    let power = 1;
    for (let i = 1; i < attempts; i++, power *= p) sum += i * power;
    return failureCost * sum - (1 - failureCost) * attempts * power;
  };
  const spare = (p: number): number => capacityPerSecond - loadPerSecond * work(p);
  // Steepest where the work no longer rises; at an end when it only falls or only rises.
  const peak = slope(1) >= 0 ? 1 : slope(0) <= 0 ? 0 : findRoot(1, 0, slope);
  if (spare(peak) >= 0) return {};
  return {
    ...(spare(0) > 0 && { tipping: findRoot(peak, 0, spare) }),
    ...(spare(1) > 0 && { settled: findRoot(peak, 1, spare) }),
  };
}

/**
 * What a look-aside cache promises: the load that is carried while it is warm, of which only a
 * small part is carried when it is lost.
 *
 * advertised = capacity / (1 − hit ratio)
 *
 * @param capacityPerSecond of what stands behind the cache, 0 or more
 * @param hitRatio in [0, 1]
 * @returns infinite for a hit ratio of 1 before a capacity of more than 0
 */
export function advertisedCapacity(
  capacityPerSecond: number,
  hitRatio: number,
): number | undefined {
  if (!isAmount(capacityPerSecond) || !isRatio(hitRatio)) return undefined;
  return capacityPerSecond === 0 ? 0 : capacityPerSecond / (1 - hitRatio);
}
