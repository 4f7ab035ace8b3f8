import { isAmount, isPositive } from '../numeric/ranges.ts';
import { findRoot } from '../numeric/search.ts';

/** Terms of Erlang's sum: enough for its tail to be exponential, few enough to lose no digits. */
const MOST_TERMS = 10;

/**
 * Share of requests that wait longer than a given time for a server that takes equally long for each
 * (M/D/1): A. K. Erlang, "The theory of probabilities and telephone conversations", 1909.
 *
 * P(wait ≤ t) = (1 − ρ) Σ (ρ (k − u))^k / k! · e^{ρ (u − k)} over k = 0 … ⌊u⌋, with u = t/s
 *
 * Its terms alternate and grow, so from ten service times on the tail is taken to be what it comes
 * ever closer to: exponential, at the rate θ of ρ (e^θ − 1) = θ for each service time.
 *
 * Assumes Poisson arrivals, first come first served, and that nobody gives up.
 *
 * @param load ρ, requests that arrive while one is served, 0 or more
 * @param serviceMs s, more than 0
 * @param waitMs t, 0 or more
 * @returns in [0, 1], within 1e-9; 1 when more is asked for than can be served
 */
export function waitingForFixedService(
  load: number,
  serviceMs: number,
  waitMs: number,
): number | undefined {
  if (!isAmount(load) || !isPositive(serviceMs) || !isAmount(waitMs)) return undefined;
  if (load >= 1) return 1;
  if (load === 0) return 0;
  const services = waitMs / serviceMs;
  if (services <= MOST_TERMS) return served(load, services);
  return served(load, MOST_TERMS) * Math.exp(-tailRate(load) * (services - MOST_TERMS));
}

/** Erlang's sum, as the share that is still waiting. */
function served(load: number, services: number): number {
  let sum = 0;
  for (let k = 0, factorial = 1; k <= services; factorial *= ++k) {
    const ahead = load * (k - services);
    sum += (ahead ** k / factorial) * Math.exp(-ahead);
  }
  return Math.min(1, Math.max(0, 1 - (1 - load) * sum));
}

/** θ, the root above 0: below it the curve lies under the line, from −2 ln ρ on never. */
function tailRate(load: number): number {
  return findRoot(-Math.log(load), -2 * Math.log(load) + 2, (x) => load * Math.expm1(x) - x);
}
