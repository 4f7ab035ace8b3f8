import { isAmount, isPositive } from '../numeric/ranges.ts';

/** 99 % quantile of the standard normal distribution. */
export const NORMAL_99 = 2.3263478740408408;

/**
 * Share of requests that take longer than a time, when times are exponential.
 *
 * S(t) = e^{−t/mean}
 *
 * @param meanMs more than 0
 * @param timeMs t, 0 or more
 */
export function exponentialSlower(meanMs: number, timeMs: number): number | undefined {
  return isPositive(meanMs) && isAmount(timeMs) ? Math.exp(-timeMs / meanMs) : undefined;
}

/**
 * Share of requests that take longer than a time, when times are lognormal with a given median and
 * 99 % quantile: the usual shape of response times.
 *
 * S(t) = ½ erfc(z/√2) with z = z₉₉ · ln(t/p50) / ln(p99/p50)
 *
 * @param p50Ms more than 0
 * @param p99Ms p50 or more; when equal, all times are p50
 * @param timeMs t, 0 or more
 */
export function lognormalSlower(p50Ms: number, p99Ms: number, timeMs: number): number | undefined {
  if (!isPositive(p50Ms) || !isPositive(p99Ms) || p99Ms < p50Ms) return undefined;
  if (!isAmount(timeMs)) return undefined;
  if (timeMs === 0) return 1;
  const distance = Math.log(timeMs / p50Ms);
  const spread = Math.log(p99Ms / p50Ms);
  if (spread === 0) return distance < 0 ? 1 : 0;
  return complementaryError((NORMAL_99 * distance) / spread / Math.SQRT2) / 2;
}

/**
 * erfc x = 2/√π ∫_x^∞ e^{−u²} du, to twelve digits or more: near 0 by the series of erf, farther
 * out by Laplace's continued fraction, which keeps the digits of small results.
 */
function complementaryError(x: number): number {
  if (x < 0) return 2 - complementaryError(-x);
  const scale = Math.exp(-x * x) / Math.sqrt(Math.PI);
  if (x < 2) {
    // erf x = 2/√π e^{−x²} Σ 2ⁿ x^{2n+1} / (1·3·…·(2n+1)): all terms are positive.
    let term = x;
    let sum = x;
    for (let n = 1; term > sum * Number.EPSILON; n++) {
      term *= (2 * x * x) / (2 * n + 1);
      sum += term;
    }
    return 1 - 2 * scale * sum;
  }
  // e^{x²} √π erfc x = 1 / (x + (1/2) / (x + (2/2) / (x + (3/2) / (x + …))))
  let fraction = x;
  for (let n = 60; n > 0; n--) fraction = x + n / 2 / fraction;
  return scale / fraction;
}
