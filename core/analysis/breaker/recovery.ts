import { splitBinomial } from '../numeric/binomial.ts';
import { isCount, isPositive, isRatio } from '../numeric/ranges.ts';

export interface BreakerRecovery {
  /** Times that the breaker is open before it finds the callee recovered, on average. */
  readonly rounds: number;
  /** How long callers are cut off, on average. */
  readonly outageMs: number;
  /** By how much that is longer than the callee's own outage. */
  readonly lagMs: number;
}

/**
 * What a breaker adds to an outage: it tries again only after its whole open time, so callers stay
 * cut off until the first try after the callee has recovered.
 *
 * rounds = 1 / (1 − e^{−w/m}), outage = w · rounds, lag = outage − m
 *
 * Assumes that the callee's outage is exponential and that trials are immediate and right.
 *
 * @param openMs w, the time that the breaker stays open, more than 0
 * @param outageMs m, the mean outage of the callee, more than 0
 */
export function breakerRecovery(openMs: number, outageMs: number): BreakerRecovery | undefined {
  if (!isPositive(openMs) || !isPositive(outageMs)) return undefined;
  const rounds = -1 / Math.expm1(-openMs / outageMs);
  const cutOffMs = openMs * rounds;
  return { rounds, outageMs: cutOffMs, lagMs: lagMs(openMs, outageMs, cutOffMs) };
}

/** Where the lag is far smaller than the outage, the difference of the two has lost its digits. */
function lagMs(openMs: number, outageMs: number, cutOffMs: number): number {
  const x = openMs / outageMs;
  // m (x / (1 − e^{−x}) − 1) = m (x/2 + x²/12 − x⁴/720 + …)
  return x < 0.01 ? openMs * (1 / 2 + x / 12 - x ** 3 / 720) : cutOffMs - outageMs;
}

/**
 * Probability that trial calls close a half-open breaker.
 *
 * P(Bin(trials, error rate) ≤ failures allowed)
 *
 * Assumes that trials fail independently.
 *
 * @param trials 1 to 1,000,000
 * @param failuresAllowed 0 for a breaker that any failure reopens; one less than
 * `failuresToOpen(trials, rate)` for one that judges trials by their failure rate; up to 1,000,000
 * @param errorRate of the trials, in [0, 1]
 */
export function closeProbability(
  trials: number,
  failuresAllowed: number,
  errorRate: number,
): number | undefined {
  if (!isCount(trials, 1) || !isCount(failuresAllowed) || !isRatio(errorRate)) return undefined;
  return splitBinomial(failuresAllowed + 1, trials, errorRate).below;
}
