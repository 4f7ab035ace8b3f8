import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { acrossDomains, domainLossesSurvived } from './failure-domains.ts';
import { kOutOfN } from './k-out-of-n.ts';

const ratio = fc.double({ min: 0, max: 1, noNaN: true });
const sizes = fc.array(fc.nat(6), { minLength: 1, maxLength: 5 });

function equal(domains: number, members: number, availability: number) {
  return Array.from({ length: domains }, () => ({ members, availability }));
}

describe('acrossDomains', () => {
  it.each([
    { domains: 3, each: 1, needed: 2, up: 0.9996718769 },
    { domains: 2, each: 3, needed: 4, up: 0.998980716 },
  ])('gives $up for $needed of $domains × $each', ({ domains, each, needed, up }) => {
    expect(acrossDomains(needed, equal(domains, each, 0.9995), 0.99)?.up).toBeCloseTo(up, 10);
  });

  it('is a plain group where domains never fail', () => {
    fc.assert(
      fc.property(sizes, fc.nat(10), ratio, (counts, needed, a) => {
        const spread = counts.map((members) => ({ members, availability: 1 }));
        const total = counts.reduce((sum, count) => sum + count);
        const expected = kOutOfN(needed, total, a);
        expect(acrossDomains(needed, spread, a)?.up).toBeCloseTo(expected?.up ?? Number.NaN, 11);
        expect(acrossDomains(needed, spread, a)?.down).toBeCloseTo(expected?.down ?? 0, 11);
      }),
    );
  });

  it('is never better than a plain group of the same members', () => {
    fc.assert(
      fc.property(sizes, fc.nat(10), ratio, ratio, (counts, needed, zone, a) => {
        const spread = counts.map((members) => ({ members, availability: zone }));
        const total = counts.reduce((sum, count) => sum + count);
        const plain = kOutOfN(needed, total, a)?.up ?? Number.NaN;
        expect(acrossDomains(needed, spread, a)?.up).toBeLessThanOrEqual(plain + 1e-12);
      }),
    );
  });

  it('has no answer for more members than can be convolved', () => {
    expect(acrossDomains(1, equal(2, 5001, 0.9), 0.9)).toBeUndefined();
    expect(acrossDomains(1, [{ members: 2, availability: 2 }], 0.9)).toBeUndefined();
  });
});

describe('domainLossesSurvived', () => {
  it.each([
    { needed: 4, counts: [3, 3], survived: 0 },
    { needed: 4, counts: [2, 2, 2], survived: 1 },
    { needed: 1, counts: [1, 1, 1], survived: 2 },
    { needed: 2, counts: [4], survived: 0 },
    { needed: 5, counts: [4], survived: -1 },
    { needed: 0, counts: [4], survived: 1 },
  ])('is $survived for $needed of $counts', ({ needed, counts, survived }) => {
    expect(domainLossesSurvived(needed, counts)).toBe(survived);
  });
});
