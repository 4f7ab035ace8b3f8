import { expect } from 'vitest';
import type { Estimate } from '../estimate.ts';

/**
 * Where theory knows the answer, the simulator must find it. Twice the half-width of the 95 %
 * interval: of a dozen comparisons at 95 %, every other set would fail by chance, and picking seeds
 * until all pass would prove nothing. An interval that holds anything would not either.
 *
 * @param precision how much of the exact value the half-width may be
 * @param tolerance by how much of it the mean may lie outside, where it is rounded itself
 */
export function expectAgreement(
  { halfWidth, mean }: Estimate,
  exact: number,
  precision = 0.02,
  tolerance = 0,
): void {
  const spread = halfWidth ?? Number.NaN;
  expect(spread).toBeLessThan(precision * exact);
  expect(Math.abs(mean - exact)).toBeLessThanOrEqual(2 * spread + tolerance * exact);
}
