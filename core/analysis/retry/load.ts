import { isAmount, isCount, isRatio } from '../numeric/ranges.ts';

/**
 * Attempts that one call makes, on average.
 *
 * E = 1 + p + … + p^{n−1} = (1 − pⁿ) / (1 − p); n when p = 1
 *
 * Assumes that attempts fail independently, each with the same probability.
 *
 * @param failure p, the probability that an attempt fails, in [0, 1]
 * @param attempts n, in all, the first one included, 1 to 1,000,000
 */
export function expectedAttempts(failure: number, attempts: number): number | undefined {
  if (!isRatio(failure) || !isCount(attempts, 1)) return undefined;
  return failure === 1 ? attempts : callSuccess(failure, attempts) / (1 - failure);
}

/**
 * Probability that a call succeeds at one of its attempts.
 *
 * success = 1 − (g·p + (1−g)·pⁿ)
 *
 * where g is the share of failures that outlast all attempts. Otherwise attempts fail
 * independently: retries help against passing faults and not at all against lasting ones.
 *
 * @param failure p, the probability that an attempt fails, in [0, 1]
 * @param attempts n, in all, the first one included, 1 to 1,000,000
 * @param lasting g, in [0, 1]
 */
export function retrySuccess(
  failure: number,
  attempts: number,
  lasting: number,
): number | undefined {
  if (!isRatio(failure) || !isCount(attempts, 1) || !isRatio(lasting)) return undefined;
  return lasting * (1 - failure) + (1 - lasting) * callSuccess(failure, attempts);
}

/**
 * Requests at the end of a chain of callers that each retry, for one request at its start.
 *
 * q₁ = p, qᵢ₊₁ = qᵢ^{nᵢ}, Π (1 − qᵢ₊₁) / (1 − qᵢ); Π nᵢ when p = 1
 *
 * Assumes that attempts fail independently. That is generous: in an outage p is 1, and then three
 * layers of four attempts make 64 requests of one.
 * Sources: "Site Reliability Engineering", chapter 22 (64); M. Brooker, "Timeouts, retries and
 * backoff with jitter" (3⁵ = 243).
 *
 * @param failure p, the probability that an attempt at the last layer fails, in [0, 1]
 * @param attempts n of each layer, the one next to the end first; each 1 to 1,000,000
 * @returns 1 or more; infinite when beyond what numbers hold
 */
export function layeredAmplification(
  failure: number,
  attempts: readonly number[],
): number | undefined {
  if (!isRatio(failure) || !attempts.every((count) => isCount(count, 1))) return undefined;
  let amplification = 1;
  let failing = failure;
  for (const count of attempts) {
    amplification *= expectedAttempts(failing, count) ?? 1;
    failing **= count;
  }
  return amplification;
}

/**
 * Requests for each call at most, when retries also have a budget that is a share of the calls.
 *
 * min(attempts, 1 + budget)
 *
 * As in Finagle, Linkerd and `RetryBudget` here, whose floor for little traffic comes on top.
 *
 * @param attempts in all, the first one included, 1 to 1,000,000
 * @param budget retries as a share of calls, 0 or more (0.1 is 10 %)
 */
export function amplificationWithBudget(attempts: number, budget: number): number | undefined {
  if (!isCount(attempts, 1) || !isAmount(budget)) return undefined;
  return Math.min(attempts, 1 + budget);
}

/**
 * Requests for each call at most, when retries may be a share of all requests *in progress*, as in
 * Envoy's `budget_percent`.
 *
 * 1 / (1 − share)
 *
 * @param share in [0, 1)
 */
export function amplificationWithActiveBudget(share: number): number | undefined {
  return isRatio(share) && share < 1 ? 1 / (1 - share) : undefined;
}

/**
 * Share of failing attempts above which a token bucket stops all retries in the long run: each
 * failure takes a token, each success gives `ratio` of one back, as in gRPC's retry throttling.
 *
 * p = ratio / (1 + ratio)
 *
 * Source: gRPC proposal A6, "Client Retries".
 *
 * @param ratio tokens for each success, 0 or more
 */
export function retryShutoff(ratio: number): number | undefined {
  return isAmount(ratio) ? ratio / (1 + ratio) : undefined;
}

/** 1 − pⁿ without losing digits where p is near 1. */
function callSuccess(failure: number, attempts: number): number {
  return -Math.expm1(attempts * Math.log(failure));
}
