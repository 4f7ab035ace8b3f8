import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  advertisedCapacity,
  failureBalance,
  largestSafeBudget,
  retryStorm,
} from './metastability.ts';
import { queueTipping } from './timeout-tipping.ts';

describe('retryStorm', () => {
  it.each([
    { load: 149, region: 'stable' },
    { load: 150, region: 'vulnerable' },
    { load: 300, region: 'vulnerable' },
    { load: 301, region: 'overload' },
  ])('at $load of 300 with one retry is $region', ({ load, region }) => {
    expect(retryStorm(load, 300, 2)?.region).toBe(region);
  });

  it('cannot happen within the safe budget', () => {
    expect(largestSafeBudget(280, 300)).toBeCloseTo(0.0714, 4);
    expect(retryStorm(280, 300, 1.1)?.region).toBe('vulnerable');
    expect(retryStorm(280, 300, 1.07)?.region).toBe('stable');
    expect(largestSafeBudget(301, 300)).toBeUndefined();
  });

  it('needs retries', () => {
    expect(retryStorm(299, 300, 1)?.region).toBe('stable');
    expect(retryStorm(299, 300, 0.5)).toBeUndefined();
  });
});

describe('failureBalance', () => {
  it('settles where rejections cost nothing', () => {
    const { tipping, settled } = failureBalance(1100, 1000, 3, 0) ?? {};
    expect(tipping).toBeUndefined();
    expect(settled).toBeCloseTo(0.449644, 6);
    // 10 % more load than capacity becomes 82 % more attempts.
    expect((1100 * (1 - 0.449644 ** 3)) / (1 - 0.449644)).toBeCloseTo(1817.007, 2);
  });

  it('collapses where they cost enough', () => {
    expect(failureBalance(1100, 1000, 3, 0.4)).toEqual({});
  });

  it('tips over where failures feed themselves', () => {
    expect(failureBalance(900, 1000, 3, 0.5)?.tipping).toBeCloseTo(0.192342, 6);
    expect(failureBalance(400, 1000, 3, 1)?.tipping).toBeCloseTo(0.822876, 6);
    expect(failureBalance(100, 1000, 3, 1)).toEqual({});
  });

  it('tips over into a degraded state where failures are cheap', () => {
    // The work is most, 1.139 times the load, when 54.7 % of the attempts fail.
    const { tipping = 1, settled = 0 } = failureBalance(900, 1000, 3, 0.3) ?? {};
    expect(tipping).toBeLessThan(0.547);
    expect(settled).toBeGreaterThan(0.547);
    expect(failureBalance(870, 1000, 3, 0.3)).toEqual({});
  });

  it('balances the work that attempts make with the capacity', () => {
    const rate = fc.integer({ min: 1, max: 2000 });
    const cost = fc.double({ min: 0, max: 1, noNaN: true });
    fc.assert(
      fc.property(rate, rate, fc.integer({ min: 1, max: 6 }), cost, (load, capacity, n, k) => {
        const { tipping, settled } = failureBalance(load, capacity, n, k) ?? {};
        const work = (p: number) => {
          let sent = 0;
          for (let i = 0; i < n; i++) sent += load * p ** i;
          return sent * (1 - p + k * p);
        };
        for (const p of [tipping, settled]) {
          if (p !== undefined) expect(work(p) / capacity).toBeCloseTo(1, 9);
        }
        if (tipping !== undefined) {
          expect(work(tipping * 0.99)).toBeLessThan(capacity);
          expect(settled ?? 1).toBeGreaterThan(tipping);
        }
        if (settled !== undefined) expect(work((1 + settled) / 2)).toBeLessThan(capacity);
        // Nothing is missed: where there is no balance, the work is too much or little all the way.
        const steps = Array.from({ length: 99 }, (_, i) => work((i + 1) / 100) - capacity);
        if (load < capacity && tipping === undefined) expect(Math.max(...steps)).toBeLessThan(1e-9);
        if (load > capacity && settled === undefined)
          expect(Math.min(...steps)).toBeGreaterThan(-1e-9);
      }),
    );
  });
});

describe('queueTipping', () => {
  it('finds the load that tips a server over', () => {
    const found = queueTipping(400, 1000, 50, 3);
    expect(found?.healthyPerSecond).toBeCloseTo(400, 2);
    expect(found?.tippingPerSecond).toBeCloseTo(996.01, 2);
    expect(found?.collapsedPerSecond).toBe(1200);
  });

  it('shows how little room is left near capacity', () => {
    const found = queueTipping(900, 1000, 50, 3);
    expect(found?.healthyPerSecond).toBeCloseTo(910.22, 2);
    expect(found?.tippingPerSecond).toBeCloseTo(933.45, 2);
  });

  it('finds a single state at little load, and only collapse at much', () => {
    expect(Object.keys(queueTipping(250, 1000, 50, 3) ?? {})).toEqual(['healthyPerSecond']);
    expect(queueTipping(990, 1000, 50, 3)).toEqual({ collapsedPerSecond: 2970 });
  });

  it('finds loads at which attempts and their failures agree', () => {
    const rate = fc.double({ min: 1, max: 2000, noNaN: true });
    const timeout = fc.double({ min: 1, max: 5000, noNaN: true });
    fc.assert(
      fc.property(rate, rate, timeout, fc.integer({ min: 1, max: 6 }), (load, cap, t, n) => {
        const found = queueTipping(load, cap, t, n) ?? {};
        const arriving = (x: number) => {
          const p = x < cap ? Math.exp(((x - cap) * t) / 1000) : 1;
          let sum = 0;
          for (let i = 0; i < n; i++) sum += p ** i;
          return load * sum;
        };
        for (const x of Object.values(found)) expect(arriving(x) / x).toBeCloseTo(1, 6);
        const { healthyPerSecond = 0, tippingPerSecond = cap } = found;
        expect(healthyPerSecond).toBeLessThanOrEqual(tippingPerSecond);
      }),
    );
  });
});

it('a look-aside cache advertises ten times what stands behind it', () => {
  expect(advertisedCapacity(300, 0.9)).toBeCloseTo(3000, 9);
  expect(advertisedCapacity(300, 1)).toBe(Number.POSITIVE_INFINITY);
  expect(advertisedCapacity(0, 1)).toBe(0);
});
