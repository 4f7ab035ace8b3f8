import { lowerGammaShare } from '../numeric/gamma.ts';
import { isCount, isPositive } from '../numeric/ranges.ts';

/** A mean time as seen, with its two-sided 95 % confidence interval. */
export interface ObservedMean {
  /** Infinite where nothing was seen. */
  readonly meanMs: number;
  readonly lowerMs: number;
  /** Infinite where nothing was seen. */
  readonly upperMs: number;
}

/**
 * Mean time between failures of parts that were watched for some time, when times are exponential.
 *
 * T / n, between 2T / χ²₀.₉₇₅(2n + 2) and 2T / χ²₀.₀₂₅(2n): the watch ends at a time, not at a failure
 *
 * Without failures only a lower bound is known: that of one side, T / −ln 0.05.
 *
 * Source: B. Epstein, M. Sobel, Life Testing (1953); MIL-HDBK-338B, 8.3.2.5.
 *
 * @param exposureMs time up of all parts together, more than 0
 * @param failures how many were seen, 0 to 1,000,000
 */
export function observedMtbf(exposureMs: number, failures: number): ObservedMean | undefined {
  if (!isPositive(exposureMs) || !isCount(failures)) return undefined;
  if (failures === 0) {
    const none = Number.POSITIVE_INFINITY;
    return { meanMs: none, lowerMs: exposureMs / -Math.log(0.05), upperMs: none };
  }
  return {
    meanMs: exposureMs / failures,
    lowerMs: exposureMs / gammaQuantile(failures + 1, 0.975),
    upperMs: exposureMs / gammaQuantile(failures, 0.025),
  };
}

/**
 * Mean of times that were seen from beginning to end, when they are exponential.
 *
 * S / n, between 2S / χ²₀.₉₇₅(2n) and 2S / χ²₀.₀₂₅(2n)
 *
 * Source: as `observedMtbf`.
 *
 * @param sumMs of all times, more than 0
 * @param count how many, 1 to 1,000,000
 */
export function observedMean(sumMs: number, count: number): ObservedMean | undefined {
  if (!isPositive(sumMs) || !isCount(count, 1)) return undefined;
  return {
    meanMs: sumMs / count,
    lowerMs: sumMs / gammaQuantile(count, 0.975),
    upperMs: sumMs / gammaQuantile(count, 0.025),
  };
}

/** x with P(a, x) = share, by halving: half of χ² with 2a degrees of freedom. */
function gammaQuantile(a: number, share: number): number {
  let low = 0;
  let high = 2 * a + 20;
  for (let step = 0; step < 200 && high - low > high * Number.EPSILON; step++) {
    const middle = (low + high) / 2;
    if (lowerGammaShare(a, middle) < share) low = middle;
    else high = middle;
  }
  return (low + high) / 2;
}
