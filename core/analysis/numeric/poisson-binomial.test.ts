import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { splitBinomial } from './binomial.ts';
import { splitPoissonBinomial } from './poisson-binomial.ts';

const probabilities = fc.array(fc.double({ min: 0, max: 1, noNaN: true }), { maxLength: 8 });
const opposite = (all: readonly number[]) => all.map((p) => 1 - p);

describe('splitPoissonBinomial', () => {
  it('agrees with adding up all combinations', () => {
    fc.assert(
      fc.property(probabilities, fc.nat(9), (yes, k) => {
        let atLeast = 0;
        for (let which = 0; which < 2 ** yes.length; which++) {
          const happens = yes.map((_, i) => (which >> i) % 2 === 1);
          const chance = yes.reduce((all, p, i) => all * (happens[i] ? p : 1 - p), 1);
          if (happens.filter(Boolean).length >= k) atLeast += chance;
        }
        const split = splitPoissonBinomial(k, yes, opposite(yes));
        expect(split.atLeast).toBeCloseTo(atLeast, 12);
        expect(split.below).toBeCloseTo(1 - atLeast, 12);
      }),
    );
  });

  it('agrees with the binomial distribution where all are alike, to the last digits of the rare', () => {
    fc.assert(
      fc.property(fc.nat(30), fc.nat(30), (n, k) => {
        const yes = Array<number>(n).fill(0.999);
        const split = splitPoissonBinomial(k, yes, opposite(yes));
        const { below } = splitBinomial(k, n, 0.999);
        expect(Math.abs(split.below - below)).toBeLessThanOrEqual(1e-10 * below);
      }),
    );
  });
});
