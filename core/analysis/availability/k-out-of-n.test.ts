import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { kOutOfN, kOutOfNRareEvent, kOutOfUnequal, membersForAvailability } from './k-out-of-n.ts';

const ratio = fc.double({ min: 0, max: 1, noNaN: true });
const members = fc.integer({ min: 1, max: 40 });

describe('kOutOfN', () => {
  it.each([
    { needed: 1, members: 2, availability: 0.99, up: 0.9999 },
    { needed: 2, members: 3, availability: 0.99, up: 0.999702 },
    { needed: 3, members: 5, availability: 0.99, up: 0.9999901494 },
    { needed: 3, members: 3, availability: 0.99, up: 0.970299 },
  ])('gives $up for $needed of $members at $availability', (given) => {
    expect(kOutOfN(given.needed, given.members, given.availability)?.up).toBeCloseTo(given.up, 10);
  });

  it('rises with each member and falls with each one needed', () => {
    fc.assert(
      fc.property(fc.nat(40), members, ratio, (needed, count, a) => {
        const here = kOutOfN(needed, count, a)?.up ?? Number.NaN;
        expect(kOutOfN(needed, count + 1, a)?.up).toBeGreaterThanOrEqual(here - 1e-12);
        expect(kOutOfN(needed + 1, count, a)?.up).toBeLessThanOrEqual(here + 1e-12);
      }),
    );
  });

  it('is always up when nothing is needed and never when more is needed than there is', () => {
    expect(kOutOfN(0, 3, 0.5)).toEqual({ up: 1, down: 0 });
    expect(kOutOfN(4, 3, 0.5)).toEqual({ up: 0, down: 1 });
    expect(kOutOfN(0, 0, 0.5)).toEqual({ up: 1, down: 0 });
  });

  it('keeps the digits of many nines', () => {
    const { up, down } = kOutOfN(1, 6, 0.999) ?? { up: 0, down: 0 };
    expect(up).toBe(1);
    expect(down / (1 - 0.999) ** 6).toBeCloseTo(1, 12);
  });

  it.each([
    [-1, 3, 0.9],
    [1.5, 3, 0.9],
    [1, 1_000_001, 0.9],
    [1, 3, 1.1],
    [1, 3, Number.NaN],
  ])('has no answer for %f of %f at %f', (needed, count, a) => {
    expect(kOutOfN(needed, count, a)).toBeUndefined();
  });
});

describe('kOutOfUnequal', () => {
  it('agrees with kOutOfN where members are equal', () => {
    fc.assert(
      fc.property(fc.nat(41), members, ratio, (needed, count, a) => {
        const equal = kOutOfUnequal(needed, Array<number>(count).fill(a));
        expect(equal?.up).toBeCloseTo(kOutOfN(needed, count, a)?.up ?? Number.NaN, 11);
      }),
    );
  });

  it('needs one of two that differ', () => {
    expect(kOutOfUnequal(1, [0.9, 0.8])?.down).toBeCloseTo(0.02, 12);
  });
});

describe('kOutOfNRareEvent', () => {
  it('never flatters, and hits where members are seldom down', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 12 }), fc.nat(4), ratio, (needed, spares, a) => {
        const exact = kOutOfN(needed, needed + spares, a)?.down ?? Number.NaN;
        const found = kOutOfNRareEvent(needed, needed + spares, a)?.down ?? Number.NaN;
        expect(found).toBeGreaterThanOrEqual(exact * (1 - 1e-12));
      }),
    );
    const exact = kOutOfN(4, 6, 0.9999)?.down ?? Number.NaN;
    expect((kOutOfNRareEvent(4, 6, 0.9999)?.down ?? 0) / exact).toBeCloseTo(1, 3);
  });

  it('stays finite where the binomial coefficient does not', () => {
    expect(kOutOfNRareEvent(100_000, 200_000, 0.999)?.down).toBe(0);
    expect(kOutOfNRareEvent(100_000, 100_001, 0.9)?.down).toBe(1);
  });
});

describe('membersForAvailability', () => {
  it('finds the fewest that are enough', () => {
    const target = fc.double({ min: 0.5, max: 0.9999999, noNaN: true });
    const availability = fc.double({ min: 0.5, max: 0.999, noNaN: true });
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 20 }), availability, target, (needed, a, wanted) => {
        const count = membersForAvailability(needed, a, wanted) ?? Number.NaN;
        expect(kOutOfN(needed, count, a)?.up).toBeGreaterThanOrEqual(wanted - 1e-12);
        if (count > needed) expect(kOutOfN(needed, count - 1, a)?.up).toBeLessThan(wanted);
      }),
    );
  });

  it('does not ask for one more because of rounding', () => {
    expect(membersForAvailability(1, 0.99, 0.9999)).toBe(2);
    expect(membersForAvailability(2, 0.99, 0.9999)).toBe(4);
  });

  it('has no answer where no number is enough', () => {
    expect(membersForAvailability(1, 0, 0.5)).toBeUndefined();
    expect(membersForAvailability(3, 1, 1)).toBe(3);
  });
});
