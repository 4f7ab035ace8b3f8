import { exp, log } from '../../math/portable.ts';

const LANCZOS = [
  0.99999999999980993, 676.5203681218851, -1259.1392167224028, 771.32342877765313,
  -176.61502916214059, 12.507343278686905, -0.13857109526572012, 9.9843695780195716e-6,
  1.5056327351493116e-7,
];

/**
 * ln Γ(x), to 13 digits of Γ.
 *
 * Source: C. Lanczos, A Precision Approximation of the Gamma Function (1964), with g = 7.
 *
 * Internal: callers have checked that x is at least 0.5.
 */
export function logGamma(x: number): number {
  const z = x - 1;
  const t = z + LANCZOS.length - 1.5;
  let sum = LANCZOS[0] as number;
  for (let i = 1; i < LANCZOS.length; i++) sum += (LANCZOS[i] as number) / (z + i);
  return log(2 * Math.PI) / 2 + (z + 0.5) * log(t) - t + log(sum);
}

/**
 * P(a, x) = 1/Γ(a) ∫₀ˣ t^{a−1} e^{−t} dt: by its series below a + 1, else by Legendre's continued
 * fraction of what is left (Abramowitz and Stegun 6.5.29 and 6.5.31).
 *
 * Internal: callers have checked that a is at least 0.5, and x 0 or more.
 */
export function lowerGammaShare(a: number, x: number): number {
  if (x === 0) return 0;
  if (x === Number.POSITIVE_INFINITY) return 1;
  const scale = exp(a * log(x) - x - logGamma(a));
  if (x < a + 1) {
    let term = 1 / a;
    let sum = term;
    for (let n = 1; term > sum * Number.EPSILON; n++) {
      term *= x / (a + n);
      sum += term;
    }
    return scale * sum;
  }
  // Lentz's method, which needs no number of terms beforehand.
  let b = x + 1 - a;
  let c = Number.MAX_VALUE;
  let d = 1 / b;
  let fraction = d;
  for (let n = 1; n < MOST_TERMS; n++) {
    const an = -n * (n - a);
    b += 2;
    d = 1 / (an * d + b);
    c = b + an / c;
    fraction *= c * d;
    if (Math.abs(c * d - 1) < Number.EPSILON) break;
  }
  return 1 - scale * fraction;
}

const MOST_TERMS = 1000;
