import { describe, expect, it } from 'vitest';
import { observedMean, observedMtbf } from './observed.ts';

/** Bounds as shares of the mean, from the table of χ² (NIST/SEMATECH e-Handbook 1.3.6.7.4). */
describe('what was seen', () => {
  it.each([
    [1, 2 / 11.143, 2 / 0.0506],
    [5, 10 / 23.337, 10 / 3.247],
    [10, 20 / 36.781, 20 / 9.591],
    [20, 40 / 61.777, 40 / 24.433],
  ])('of %d failures says how often they come', (failures, lower, upper) => {
    const found = observedMtbf(1_000 * failures, failures);
    expect(found?.meanMs).toBe(1_000);
    expect((found?.lowerMs ?? 0) / 1_000).toBeCloseTo(lower, 3);
    expect((found?.upperMs ?? 0) / upper / 1_000).toBeCloseTo(1, 2);
  });

  it('of no failure says how often at most', () => {
    expect(observedMtbf(3_000, 0)).toEqual({
      meanMs: Number.POSITIVE_INFINITY,
      lowerMs: 3_000 / 2.995732273553991,
      upperMs: Number.POSITIVE_INFINITY,
    });
  });

  it('of recoveries says how long they take', () => {
    const found = observedMean(5_000, 5);
    expect(found?.meanMs).toBe(1_000);
    expect((found?.lowerMs ?? 0) / 1_000).toBeCloseTo(10 / 20.483, 3);
    expect((found?.upperMs ?? 0) / 1_000).toBeCloseTo(10 / 3.247, 2);
  });

  it('holds for many', () => {
    const found = observedMtbf(1e12, 1_000_000);
    expect((found?.lowerMs ?? 0) / 1e6).toBeCloseTo(1 - 0.00196, 4);
    expect((found?.upperMs ?? 0) / 1e6).toBeCloseTo(1 + 0.00196, 4);
  });
});
