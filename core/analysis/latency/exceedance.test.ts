import { describe, expect, it } from 'vitest';
import { exponentialSlower, lognormalSlower } from './exceedance.ts';

describe('lognormalSlower', () => {
  it('is a half at the median and a hundredth at the 99 % quantile', () => {
    expect(lognormalSlower(80, 900, 80)).toBeCloseTo(0.5, 12);
    expect((lognormalSlower(80, 900, 900) ?? 0) / 0.01).toBeCloseTo(1, 9);
  });

  // Standard normal tail at z, from tables; with p99/p50 = e^z₉₉ one z is one factor of e.
  it.each([
    { z: -3, slower: 0.998650101968 },
    { z: 1, slower: 0.158655253931 },
    { z: 2.8, slower: 0.00255513033043 },
    { z: 2.9, slower: 0.00186581330038 },
    { z: 5, slower: 2.86651571879e-7 },
    { z: 10, slower: 7.61985302416e-24 },
  ])('is $slower at $z standard deviations', ({ z, slower }) => {
    const found = lognormalSlower(1, Math.exp(2.3263478740408408), Math.exp(z)) ?? 0;
    expect(found / slower).toBeCloseTo(1, 9);
  });

  it('is all or nothing where all times are equal', () => {
    expect(lognormalSlower(10, 10, 9)).toBe(1);
    expect(lognormalSlower(10, 10, 10)).toBe(0);
    expect(lognormalSlower(10, 20, 0)).toBe(1);
    expect(lognormalSlower(10, 9, 1)).toBeUndefined();
  });
});

it('exponential times exceed their mean in 36.8 %', () => {
  expect(exponentialSlower(100, 100)).toBeCloseTo(Math.exp(-1), 12);
  expect(exponentialSlower(0, 1)).toBeUndefined();
});
