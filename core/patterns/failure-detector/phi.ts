import { exp, log, log1p } from '../../math/portable.ts';

/**
 * The suspicion level phi of the φ accrual failure detector: −log₁₀ of the probability that a
 * heartbeat which is already this late still comes. Phi 1 is wrong once in ten times, 2 once in a
 * hundred, 8 once in a hundred million.
 *
 * The tail of the normal distribution is taken by the logistic approximation of Bowling et al. (A
 * logistic approximation to the cumulative normal distribution, 2009), as in Akka: 1 / (1 + eᵘ) with
 * u = 1.5976 y + 0.070566 y³. It has a closed inverse.
 */
const LINEAR = 1.5976;
const CUBIC = 0.070566;

/** @param y how late: standard deviations beyond the mean, may be negative. */
export function phiOf(y: number): number {
  const u = y * (LINEAR + CUBIC * y * y);
  // log₁₀(1 + eᵘ) in a form that neither overflows nor rounds to nothing.
  return (Math.max(u, 0) + log1p(exp(-Math.abs(u)))) / Math.LN10;
}

/**
 * How late phi is reached: the inverse of `phiOf`.
 *
 * @param phi more than 0.
 * @returns standard deviations beyond the mean.
 */
export function latenessOf(phi: number): number {
  const u = phi * Math.LN10 + log1p(-exp(-phi * Math.LN10));
  // The only real root of y³ + p y = q for p > 0.
  const p = LINEAR / CUBIC;
  const q = u / CUBIC;
  const scale = Math.sqrt(p / 3);
  const v = Math.abs(q) / (2 * scale ** 3);
  const third = exp(log(v + Math.sqrt(v * v + 1)) / 3);
  return Math.sign(q) * scale * (third - 1 / third);
}
