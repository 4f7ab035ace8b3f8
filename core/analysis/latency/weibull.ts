import { logGamma, lowerGammaShare } from '../numeric/gamma.ts';
import { isAmount, isPositive } from '../numeric/ranges.ts';

/**
 * Share of requests that take longer than a time, when times have a Weibull distribution.
 *
 * S(t) = 2^{−(t/p50)^shape}
 *
 * @param p50Ms the median, more than 0
 * @param shape more than 0; 1 is an exponential distribution, less has a longer tail
 * @param timeMs t, 0 or more
 */
export function weibullSlower(p50Ms: number, shape: number, timeMs: number): number | undefined {
  if (!isPositive(p50Ms) || !isPositive(shape) || !isAmount(timeMs)) return undefined;
  return 2 ** -((timeMs / p50Ms) ** shape);
}

/**
 * Mean time that passes until an answer or a time limit, whichever comes first, when times have a
 * Weibull distribution.
 *
 * ∫₀ᵗ S(x) dx = scale · Γ(1 + 1/shape) · P(1/shape, ln 2 (t/p50)^shape), scale = p50 / (ln 2)^{1/shape}
 *
 * with P(1/shape, x) by its recurrence from P(1 + 1/shape, x), so that no shape is out of reach.
 *
 * @param p50Ms the median, more than 0
 * @param shape more than 0
 * @param limitMs t, 0 or more; Infinity for the mean of all times
 * @returns `undefined` also for a shape so small that the mean is beyond all numbers
 */
export function weibullMeanWithin(
  p50Ms: number,
  shape: number,
  limitMs: number,
): number | undefined {
  if (!isPositive(p50Ms) || !isPositive(shape) || !(limitMs >= 0)) return undefined;
  const inverse = 1 / shape;
  const meanMs = (p50Ms / Math.LN2 ** inverse) * Math.exp(logGamma(1 + inverse));
  if (!Number.isFinite(meanMs)) return undefined;
  if (limitMs === Number.POSITIVE_INFINITY) return meanMs;
  const x = Math.LN2 * (limitMs / p50Ms) ** shape;
  // P(a, x) = P(a + 1, x) + x^a e^{−x} / Γ(a + 1), and x^a is t over the scale.
  return meanMs * lowerGammaShare(1 + inverse, x) + limitMs * Math.exp(-x);
}
