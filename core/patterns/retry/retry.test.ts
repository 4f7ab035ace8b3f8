import { describe, expect, it } from 'vitest';
import { STOP } from '../common/stop.ts';
import type { BackoffKind, JitterKind } from './backoff.ts';
import { Retry } from './retry.ts';
import { RetryBudget } from './retry-budget.ts';

const HALF = { next: () => 0.5 };
const UNUSED = {
  next(): number {
    throw new Error('nothing is to be drawn');
  },
};

function delays(retry: Retry, random = HALF): number[] {
  const waited: number[] = [];
  for (let failed = 1, delayMs = 0; ; failed += 1) {
    delayMs = retry.nextDelayMs(failed, delayMs, random, 0);
    if (delayMs === STOP) return waited;
    waited.push(delayMs);
  }
}

function retry(attempts: number, jitter: JitterKind, maxMs = 30_000): Retry {
  return new Retry({ attempts, backoff: { initialMs: 100, maxMs, jitter } });
}

describe('Retry', () => {
  it('makes three tries and waits 2 s and 4 s between them', () => {
    const backoff = { initialMs: 2_000, maxMs: 60_000, jitter: 'none' } as const;
    expect(delays(new Retry({ attempts: 3, backoff }), UNUSED)).toEqual([2_000, 4_000]);
  });

  it('counts the first try: one attempt is no retry', () => {
    expect(delays(retry(1, 'none'))).toEqual([]);
    expect(delays(retry(2, 'none'))).toHaveLength(1);
  });

  it('doubles the wait by default, up to its maximum', () => {
    expect(delays(retry(6, 'none', 1_000), UNUSED)).toEqual([100, 200, 400, 800, 1_000]);
  });

  it('multiplies the wait by the factor that is set', () => {
    const backoff = { initialMs: 10, factor: 3, maxMs: 1_000, jitter: 'none' } as const;
    expect(delays(new Retry({ attempts: 4, backoff }))).toEqual([10, 30, 90]);
  });

  it('spreads the wait from nothing to the whole with full jitter', () => {
    expect(delays(retry(4, 'full'))).toEqual([50, 100, 200]);
  });

  it('keeps half of the wait with equal jitter', () => {
    expect(delays(retry(4, 'equal'))).toEqual([75, 150, 300]);
  });

  it('spreads the wait from the first to three times the previous with decorrelated jitter', () => {
    expect(delays(retry(4, 'decorrelated'))).toEqual([200, 350, 575]);
    expect(delays(retry(4, 'decorrelated', 250))).toEqual([200, 250, 250]);
  });

  it('waits as long each time with a constant backoff, and more by the first wait with a linear one', () => {
    const backoff = { initialMs: 100, factor: 9, maxMs: 350, jitter: 'none' } as const;
    const waits = (kind: BackoffKind) =>
      delays(new Retry({ attempts: 5, backoff: { ...backoff, kind } }), UNUSED);
    expect(waits('constant')).toEqual([100, 100, 100, 100]);
    expect(waits('linear')).toEqual([100, 200, 300, 350]);
    expect(waits('exponential')).toEqual([100, 350, 350, 350]);
  });

  it('never comes back before the callee wants it', () => {
    const polite = retry(5, 'none');
    expect(polite.nextDelayMs(1, 0, UNUSED, 0, 2_000)).toBe(2_000);
    expect(polite.nextDelayMs(1, 0, UNUSED, 0, 99)).toBe(100);
    expect(polite.nextDelayMs(1, 0, UNUSED, 0, Number.NaN)).toBe(100);
    // Longer than its own longest wait, because it is not its own.
    expect(retry(5, 'none', 500).nextDelayMs(1, 0, UNUSED, 0, 2_000)).toBe(2_000);
  });

  it('is not held for longer than a minute by default by a callee that wants it to wait', () => {
    expect(retry(5, 'none').nextDelayMs(1, 0, UNUSED, 0, 60_000)).toBe(60_000);
    expect(retry(5, 'none').nextDelayMs(1, 0, UNUSED, 0, 60_001)).toBe(STOP);
    const backoff = { initialMs: 100, maxMs: 1_000, jitter: 'none' } as const;
    const patient = new Retry({ attempts: 5, backoff, maxRetryAfterMs: 3_600_000 });
    expect(patient.nextDelayMs(1, 0, UNUSED, 0, 3_600_000)).toBe(3_600_000);
  });

  it('waits for as long as its deadline allows if the callee wants it', () => {
    expect(retry(5, 'none').nextDelayMs(1, 0, UNUSED, 0, 90_000, 90_001)).toBe(90_000);
    expect(retry(5, 'none').nextDelayMs(1, 0, UNUSED, 0, 90_000, 90_000)).toBe(STOP);
  });

  it('does not try again what could not begin before the deadline', () => {
    expect(retry(5, 'none').nextDelayMs(1, 0, UNUSED, 0, 0, 101)).toBe(100);
    expect(retry(5, 'none').nextDelayMs(1, 0, UNUSED, 0, 0, 100)).toBe(STOP);
    const immediate = new Retry({
      attempts: 5,
      backoff: { initialMs: 0, maxMs: 0, jitter: 'none' },
    });
    expect(immediate.nextDelayMs(1, 0, UNUSED, 0, 0, 0.1)).toBe(0);
    expect(immediate.nextDelayMs(1, 0, UNUSED, 0, 0, 0)).toBe(STOP);
    expect(immediate.nextDelayMs(1, 0, UNUSED, 0, 0, -5)).toBe(STOP);
  });

  it('takes nothing out of the budget for a retry that it does not make', () => {
    const budget = new RetryBudget({ ratio: 1, minRetriesPerSecond: 0 });
    const backoff = { initialMs: 100, maxMs: 100, jitter: 'none' } as const;
    const limited = new Retry({ attempts: 3, backoff, budget });
    limited.recordCall(0);
    expect(limited.nextDelayMs(1, 0, UNUSED, 0, 0, 50)).toBe(STOP);
    expect(limited.nextDelayMs(1, 0, UNUSED, 0, 90_000)).toBe(STOP);
    expect(limited.nextDelayMs(3, 0, UNUSED, 0)).toBe(STOP);
    expect(limited.nextDelayMs(2, 0, UNUSED, 0)).toBe(100);
  });

  it('stops when the budget is used up', () => {
    const budget = new RetryBudget({ ratio: 1, minRetriesPerSecond: 0 });
    const backoff = { initialMs: 100, maxMs: 100, jitter: 'none' } as const;
    const limited = new Retry({ attempts: 9, backoff, budget });
    limited.recordCall(0);
    expect(limited.nextDelayMs(1, 0, UNUSED, 0)).toBe(100);
    expect(limited.nextDelayMs(2, 0, UNUSED, 0)).toBe(STOP);
  });

  it.each([
    { attempts: 0 },
    { attempts: 1.5 },
    { initialMs: -1 },
    { factor: 0.5 },
    { maxMs: Number.NaN },
    { maxRetryAfterMs: -1 },
  ])('refuses %j', (wrong) => {
    const { attempts = 1, maxRetryAfterMs = 0, ...rest } = wrong as Record<string, number>;
    const backoff = { initialMs: 1, maxMs: 1, jitter: 'none' as const, ...rest };
    expect(() => new Retry({ attempts, maxRetryAfterMs, backoff })).toThrow(RangeError);
  });
});
