import { type Split, splitBirthDeath } from './birth-death.ts';

/**
 * Splits the binomial distribution at k: how many of n independent trials succeed.
 *
 * P(X = i) = C(n, i) pⁱ (1−p)^{n−i}
 *
 * Internal: callers have checked that k and n are counts and p is a probability.
 */
export function splitBinomial(k: number, n: number, p: number): Split {
  const odds = p / (1 - p);
  // Division by zero gives infinite odds, which are right: then all trials succeed.
  return splitBirthDeath(k, n, (i) => ((n - i) / (i + 1)) * odds);
}

/** P(X = i) for each i from 0 to n. */
export function binomialDistribution(n: number, p: number): Float64Array {
  const weights = new Float64Array(n + 1);
  const odds = p / (1 - p);
  const mode = Math.min(n, Math.floor((n + 1) * p));
  weights[mode] = 1;
  let total = 1;
  let weight = 1;
  for (let i = mode + 1; i <= n && weight > 0; i++) {
    weight *= ((n - i + 1) / i) * odds;
    weights[i] = weight;
    total += weight;
  }
  weight = 1;
  for (let i = mode - 1; i >= 0 && weight > 0; i--) {
    weight *= (i + 1) / (n - i) / odds;
    weights[i] = weight;
    total += weight;
  }
  for (let i = 0; i <= n; i++) weights[i] = (weights[i] ?? 0) / total;
  return weights;
}
