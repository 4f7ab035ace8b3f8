import { splitBinomial } from '../numeric/binomial.ts';
import { isAmount, isCount, isPositive, isRatio } from '../numeric/ranges.ts';

/**
 * Failures among a number of calls that open a breaker with a failure rate.
 *
 * The smallest f with f / calls ≥ rate, compared as the breaker does
 *
 * @param calls 1 to 1,000,000
 * @param failureRate in (0, 1]
 */
export function failuresToOpen(calls: number, failureRate: number): number | undefined {
  if (!isCount(calls, 1) || !isRatio(failureRate) || failureRate === 0) return undefined;
  // 0.07 · 100 is a little more than 7, and its ceiling would be 8.
  const ceiling = Math.ceil(failureRate * calls);
  return (ceiling - 1) / calls >= failureRate ? ceiling - 1 : ceiling;
}

/**
 * Probability that a full window shows enough failures to open a breaker although nothing is wrong
 * but the usual errors.
 *
 * P(Bin(calls, error rate) ≥ `failuresToOpen`)
 *
 * Assumes that calls fail independently. For windows that do not overlap; a sliding window is
 * judged after each call and opens more often, at most as many times as there are calls.
 *
 * @param calls in the window, 1 to 1,000,000
 * @param failureRate at which the breaker opens, in (0, 1]
 * @param errorRate of the calls, in [0, 1]
 */
export function windowTripProbability(
  calls: number,
  failureRate: number,
  errorRate: number,
): number | undefined {
  const failures = failuresToOpen(calls, failureRate);
  if (failures === undefined || !isRatio(errorRate)) return undefined;
  return splitBinomial(failures, calls, errorRate).atLeast;
}

/**
 * Calls until a breaker opens that counts each failure up and each success down, on average, from a
 * count of 0.
 *
 * Σ_{i=0}^{threshold−1} tᵢ with t₀ = 1/p, tᵢ = (1 + (1−p) tᵢ₋₁) / p: the steps that a random walk
 * with a wall at 0 needs from i to i+1
 *
 * Assumes that calls fail independently. Divided by the rate it says how often usual errors open
 * the breaker.
 *
 * @param failureThreshold 1 to 1,000,000
 * @param errorRate p, in [0, 1]
 * @returns infinite when beyond what numbers hold, as for no errors
 */
export function leakyCallsToOpen(failureThreshold: number, errorRate: number): number | undefined {
  if (!isCount(failureThreshold, 1) || !isRatio(errorRate)) return undefined;
  if (errorRate === 0) return Number.POSITIVE_INFINITY;
  let step = 0;
  let calls = 0;
  for (let count = 0; count < failureThreshold; count++) {
    step = count === 0 ? 1 / errorRate : (1 + (1 - errorRate) * step) / errorRate;
    calls += step;
    if (calls === Number.POSITIVE_INFINITY) return calls;
  }
  return calls;
}

/**
 * Calls until a breaker opens that waits for a number of failures in a row, on average.
 *
 * (p^{−threshold} − 1) / (1 − p); threshold when p = 1
 *
 * Assumes that calls fail independently.
 *
 * @param failureThreshold 1 to 1,000,000
 * @param errorRate p, in [0, 1]
 * @returns infinite when beyond what numbers hold, as for no errors
 */
export function consecutiveCallsToOpen(
  failureThreshold: number,
  errorRate: number,
): number | undefined {
  if (!isCount(failureThreshold, 1) || !isRatio(errorRate)) return undefined;
  if (errorRate === 1) return failureThreshold;
  return Math.expm1(-failureThreshold * Math.log(errorRate)) / (1 - errorRate);
}

/**
 * Calls that a breaker with a window of time can see in it; it never opens when that is less than
 * its minimum of calls. Each process has a breaker of its own, so the rate is that of one process.
 *
 * @param ratePerSecond of one process, 0 or more
 * @param windowMs 0 or more
 */
export function callsInWindow(ratePerSecond: number, windowMs: number): number | undefined {
  if (!isAmount(ratePerSecond) || !isAmount(windowMs)) return undefined;
  return (ratePerSecond * windowMs) / 1000;
}

/**
 * How long a breaker takes to open once everything fails: the first failure has to run into its
 * timeout, and then failures come in at the rate of the calls.
 *
 * timeout + failures / rate
 *
 * @param failures that open it: the threshold; `failuresToOpen` of a window full of successes; the
 * minimum of calls when the window was empty; 1 to 1,000,000
 * @param ratePerSecond of one process, more than 0
 * @param timeoutMs after which a call fails, 0 or more
 */
export function timeToOpenMs(
  failures: number,
  ratePerSecond: number,
  timeoutMs: number,
): number | undefined {
  if (!isCount(failures, 1) || !isPositive(ratePerSecond) || !isAmount(timeoutMs)) return undefined;
  return timeoutMs + (failures * 1000) / ratePerSecond;
}
