import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { LARGEST_COUNT } from './ranges.ts';
import { findRoot, smallestCount } from './search.ts';

describe('smallestCount', () => {
  it('finds where something begins to hold', () => {
    fc.assert(
      fc.property(fc.nat(LARGEST_COUNT), fc.nat(1000), (answer, least) => {
        const found = smallestCount(least, (count) => count >= answer);
        expect(found).toBe(Math.max(answer, least));
      }),
    );
  });

  it('gives up at a million, having tried few', () => {
    let tries = 0;
    const never = () => {
      tries += 1;
      return false;
    };
    expect(smallestCount(0, never)).toBeUndefined();
    expect(tries).toBeLessThan(30);
  });
});

describe('findRoot', () => {
  it('finds a zero to the last digit, whichever way the function goes', () => {
    expect(findRoot(0, 2, (x) => x * x - 2)).toBeCloseTo(Math.SQRT2, 15);
    expect(findRoot(2, 0, (x) => 2 - x * x)).toBeCloseTo(Math.SQRT2, 15);
  });
});
