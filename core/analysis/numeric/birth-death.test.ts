import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { splitBirthDeath } from './birth-death.ts';

/** Ratios of p(i+1) to p(i) that do not grow with i. */
const falling = fc
  .array(fc.double({ min: 1e-3, max: 1e3, noNaN: true }), { maxLength: 40 })
  .map((ratios) => ratios.sort((a, b) => b - a));

describe('splitBirthDeath', () => {
  it('agrees with the plain sums', () => {
    fc.assert(
      fc.property(falling, fc.nat(45), (ratios, k) => {
        const weights = [1];
        for (const ratio of ratios) weights.push((weights.at(-1) ?? 1) * ratio);
        const total = weights.reduce((sum, weight) => sum + weight);
        const sum = (value: (weight: number, i: number) => number) =>
          weights.reduce((all, weight, i) => all + value(weight, i), 0) / total;
        const split = splitBirthDeath(k, ratios.length, (i) => ratios[i] ?? Number.NaN);
        const plain = {
          below: sum((weight, i) => (i < k ? weight : 0)),
          at: sum((weight, i) => (i === k ? weight : 0)),
          atLeast: sum((weight, i) => (i >= k ? weight : 0)),
          excess: sum((weight, i) => Math.max(0, i - k) * weight),
        };
        for (const [name, value] of Object.entries(plain)) {
          const found = split[name as keyof typeof plain];
          expect(Math.abs(found - value), name).toBeLessThanOrEqual(1e-12 * value);
        }
      }),
    );
  });

  it('does not overflow where weights grow beyond all numbers, nor lose what is below them', () => {
    const { below, at } = splitBirthDeath(99, 100, () => 1e200);
    expect(below).toBe(0);
    expect(at / 1e-200).toBeCloseTo(1, 12);
    expect(splitBirthDeath(100, 100, () => 1e200).atLeast).toBe(1);
  });

  it('takes a ratio of infinity for a step that is certain', () => {
    expect(splitBirthDeath(3, 3, () => Number.POSITIVE_INFINITY).at).toBe(1);
  });

  it('halves a symmetric distribution of a million states at its middle', () => {
    const last = 999_999;
    const { below, atLeast } = splitBirthDeath(500_000, last, (i) => (last - i) / (i + 1));
    expect(below).toBeCloseTo(0.5, 10);
    expect(atLeast).toBeCloseTo(0.5, 10);
  });
});
