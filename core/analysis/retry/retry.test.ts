import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { hedgedRequests, hedgedSlower } from './hedging.ts';
import {
  amplificationWithActiveBudget,
  amplificationWithBudget,
  expectedAttempts,
  layeredAmplification,
  retryShutoff,
  retrySuccess,
} from './load.ts';
import { attemptsThatFit, longestTimeoutMs, totalBackoffMs, worstRetryMs } from './schedule.ts';

const ratio = fc.double({ min: 0, max: 1, noNaN: true });
const attempts = fc.integer({ min: 1, max: 20 });
const NO_CAP_MS = 1e12;

describe('a retry schedule', () => {
  const doubling = { attempts: 3, initialMs: 200, factor: 2, maxMs: NO_CAP_MS };

  it('takes all timeouts and all waits at worst', () => {
    expect(worstRetryMs({ ...doubling, initialMs: 500, factor: 1 }, 1000)).toBe(4000);
    expect(worstRetryMs({ ...doubling, attempts: 1 }, 1000)).toBe(1000);
  });

  it('waits 1,023 s over ten retries from 1 s, and 181 s when no wait exceeds 30', () => {
    const eleven = { ...doubling, attempts: 11, initialMs: 1000 };
    expect(totalBackoffMs(eleven)).toBe(1_023_000);
    expect(totalBackoffMs({ ...eleven, maxMs: 30_000 })).toBe(181_000);
  });

  it('does not walk over a million equal waits', () => {
    expect(totalBackoffMs({ ...doubling, attempts: 1_000_000, maxMs: 1000 })).toBe(999_997_400);
  });

  it.each([
    { deadline: 3000, fit: 2 },
    { deadline: 2000, fit: 1 },
    { deadline: 3600, fit: 3 },
    { deadline: 999, fit: 0 },
  ])('fits $fit times into $deadline ms', ({ deadline, fit }) => {
    expect(attemptsThatFit(doubling, 1000, deadline)).toBe(fit);
  });

  it('of the .NET standard pipeline fits two of four complete attempts', () => {
    const standard = { ...doubling, attempts: 4, initialMs: 2000 };
    expect(worstRetryMs(standard, 10_000)).toBe(54_000);
    expect(attemptsThatFit(standard, 10_000, 30_000)).toBe(2);
    expect(longestTimeoutMs(standard, 30_000)).toBe(4000);
  });

  it('fits exactly when its worst case does', () => {
    const schedule = fc.record({
      attempts,
      initialMs: fc.nat(5000),
      factor: fc.double({ min: 1, max: 4, noNaN: true }),
      maxMs: fc.nat(20_000),
    });
    fc.assert(
      fc.property(schedule, fc.nat(5000), fc.nat(100_000), (given, timeoutMs, deadlineMs) => {
        const fit = attemptsThatFit(given, timeoutMs, deadlineMs) ?? Number.NaN;
        const upTo = (count: number) => worstRetryMs({ ...given, attempts: count }, timeoutMs);
        if (fit > 0) expect(upTo(fit)).toBeLessThanOrEqual(deadlineMs * (1 + 1e-9));
        if (fit < given.attempts) expect(upTo(fit + 1)).toBeGreaterThan(deadlineMs);
      }),
    );
  });

  it('leaves no time for attempts when the waits alone are too long', () => {
    expect(longestTimeoutMs(doubling, 600)).toBeUndefined();
    expect(longestTimeoutMs(doubling, 900)).toBe(100);
    expect(totalBackoffMs({ ...doubling, factor: 0.5 })).toBeUndefined();
  });
});

describe('attempts', () => {
  it('go on until one succeeds', () => {
    expect(expectedAttempts(0.5, 3)).toBe(1.75);
    expect(expectedAttempts(1, 3)).toBe(3);
    expect(expectedAttempts(0, 3)).toBe(1);
    expect(retrySuccess(0.01, 3, 0.5)).toBeCloseTo(1 - 5.0005e-3, 12);
  });

  it('add load only for what they win', () => {
    fc.assert(
      fc.property(ratio, attempts, (p, n) => {
        const load = expectedAttempts(p, n) ?? Number.NaN;
        const success = retrySuccess(p, n, 0) ?? Number.NaN;
        // Each attempt succeeds with 1 − p, so success is that share of the load.
        expect(load * (1 - p)).toBeCloseTo(success, 12);
        expect(load).toBeLessThanOrEqual(n * (1 + 1e-12));
        expect(retrySuccess(p, n + 1, 0)).toBeGreaterThanOrEqual(success);
        expect(retrySuccess(p, n, 1)).toBeCloseTo(1 - p, 12);
      }),
    );
  });

  it('multiply over layers', () => {
    expect(layeredAmplification(1, [3, 3, 3, 3, 3])).toBe(243);
    expect(layeredAmplification(0.9, [3, 3, 3])).toBeCloseTo(9.418503, 6);
    expect(layeredAmplification(1, Array(200).fill(1000))).toBe(Number.POSITIVE_INFINITY);
    expect(layeredAmplification(0.5, [2, 0])).toBeUndefined();
  });

  it('are limited by budgets', () => {
    expect(amplificationWithBudget(4, 0.2)).toBe(1.2);
    expect(amplificationWithBudget(2, 5)).toBe(2);
    expect(amplificationWithActiveBudget(0.2)).toBe(1.25);
    expect(amplificationWithActiveBudget(1)).toBeUndefined();
    expect(retryShutoff(0.1)).toBeCloseTo(0.0909, 4);
  });
});

describe('hedging', () => {
  it('after the 95 % quantile adds 5 % of load', () => {
    expect(hedgedRequests([0.05])).toBeCloseTo(1.05, 12);
    expect(hedgedRequests([])).toBe(1);
    expect(hedgedRequests([0.5, 0.5])).toBe(1.75);
    expect(hedgedRequests([1, 1, 1])).toBe(4);
  });

  it('leaves slow only what is slow every time', () => {
    expect(hedgedSlower([0.01, 0.05])).toBeCloseTo(0.0005, 12);
    expect(hedgedSlower([1.5])).toBeUndefined();
  });
});
