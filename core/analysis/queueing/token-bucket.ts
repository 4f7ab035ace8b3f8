import { isAmount, isCount, isPositive } from '../numeric/ranges.ts';

/** Beyond, the sum loses its digits, and a bucket turns away next to nothing. */
const MOST_TOKENS = 25;

/**
 * Share of calls that a token bucket turns away although their rate is below its own.
 *
 * rejected = (1−ρ) (1−F) / (1 − ρ (1−F)), ρ = load / rate, x = burst − 1 + rate · wait,
 * F = (1−ρ) Σ_{k=0}^{⌊x⌋} (−ρ(x−k))ᵏ/k! · e^{ρ(x−k)}
 *
 * A bucket is a queue with a server that takes 1/rate for each call (M/D/1), whose callers do not
 * come in when they would have to wait for more than x services: F is the chance that in the queue
 * without that limit the wait is no longer. For a burst of 1 without a wait it is ρ/(1+ρ).
 *
 * Assumes that calls arrive independently of one another (Poisson).
 * Sources: A. K. Erlang (1909) for F; the limit by level crossings, as in J. W. Cohen, "The Single
 * Server Queue" (1982).
 *
 * @param loadPerSecond calls, 0 or more
 * @param ratePerSecond tokens, more than 0
 * @param burst 1 to 1,000,000
 * @param maxWaitMs how long a call may wait for its token, 0 or more
 * @returns 0 where x is above 25; 1 − 1/ρ, the long run, from ρ = 1 on
 */
export function tokenBucketRejected(
  loadPerSecond: number,
  ratePerSecond: number,
  burst: number,
  maxWaitMs: number,
): number | undefined {
  if (!isAmount(loadPerSecond) || !isPositive(ratePerSecond)) return undefined;
  if (!isCount(burst, 1) || !isAmount(maxWaitMs)) return undefined;
  const load = loadPerSecond / ratePerSecond;
  if (load >= 1) return 1 - 1 / load;
  const patience = burst - 1 + (ratePerSecond * maxWaitMs) / 1000;
  if (patience > MOST_TOKENS) return 0;
  let within = 0;
  let factorial = 1;
  for (let k = 0; k <= patience; k++) {
    if (k > 0) factorial *= k;
    const rest = load * (patience - k);
    within += ((-rest) ** k / factorial) * Math.exp(rest);
  }
  const beyond = Math.min(1, Math.max(0, 1 - (1 - load) * within));
  return ((1 - load) * beyond) / (1 - load * beyond);
}
