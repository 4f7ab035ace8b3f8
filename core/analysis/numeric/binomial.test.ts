import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { binomialDistribution, splitBinomial } from './binomial.ts';

const trials = fc.integer({ min: 0, max: 60 });
const ratio = fc.double({ min: 0, max: 1, noNaN: true });

function choose(n: number, k: number): number {
  let result = 1;
  for (let i = 1; i <= k; i++) result = (result * (n - k + i)) / i;
  return result;
}

describe('the binomial distribution', () => {
  it('is what its formula says', () => {
    fc.assert(
      fc.property(trials, fc.double({ min: 0.01, max: 0.99, noNaN: true }), (n, p) => {
        for (const [i, found] of binomialDistribution(n, p).entries()) {
          expect(found / (choose(n, i) * p ** i * (1 - p) ** (n - i))).toBeCloseTo(1, 10);
        }
      }),
    );
  });

  it('sums to 1 and splits where it is told to', () => {
    fc.assert(
      fc.property(trials, ratio, fc.nat(62), (n, p, k) => {
        const all = [...binomialDistribution(n, p)];
        const below = all.slice(0, k).reduce((sum, weight) => sum + weight, 0);
        const split = splitBinomial(k, n, p);
        expect(split.below + split.atLeast).toBeCloseTo(1, 12);
        expect(split.below).toBeCloseTo(below, 12);
        expect(split.at).toBeCloseTo(all[k] ?? 0, 12);
      }),
    );
  });

  it('is certain where the trials are', () => {
    expect([...binomialDistribution(3, 0)]).toEqual([1, 0, 0, 0]);
    expect([...binomialDistribution(3, 1)]).toEqual([0, 0, 0, 1]);
    expect(splitBinomial(3, 3, 1)).toMatchObject({ below: 0, atLeast: 1 });
    expect(splitBinomial(1, 3, 0)).toMatchObject({ below: 1, atLeast: 0 });
  });

  it('keeps the digits of what hardly ever happens', () => {
    // C(100, 50) 0.01⁵⁰ 0.99⁵⁰ and the little beyond.
    const first = choose(100, 50) * 0.01 ** 50 * 0.99 ** 50;
    const { atLeast } = splitBinomial(50, 100, 0.01);
    expect(atLeast / first).toBeGreaterThan(1);
    expect(atLeast / first).toBeLessThan(1.01);
  });
});
