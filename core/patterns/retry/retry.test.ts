import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createRandom } from '../../time/index.ts';
import { type JitterKind, Retry, STOP } from './retry.ts';
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

  it('never waits less than nothing or longer than the maximum, however often it tries', () => {
    fc.assert(
      fc.property(
        fc.constantFrom<JitterKind>('none', 'full', 'equal', 'decorrelated'),
        fc.integer({ min: 1, max: 1e6 }),
        fc.constantFrom(0, 1, 1e300),
        fc.double({ min: 0, max: 1e308, noNaN: true }),
        (jitter, failed, initialMs, previousMs) => {
          const backoff = { initialMs, factor: 10, maxMs: 5_000, jitter };
          const random = createRandom(failed);
          const delayMs = new Retry({ attempts: 1e9, backoff }).nextDelayMs(
            failed,
            previousMs,
            random,
            0,
          );
          expect(delayMs).toBeGreaterThanOrEqual(0);
          expect(delayMs).toBeLessThanOrEqual(5_000);
        },
      ),
    );
  });

  it('stops when the budget is used up, and takes nothing out of it after the last attempt', () => {
    const budget = new RetryBudget({ ratio: 1, minRetriesPerSecond: 0 });
    const backoff = { initialMs: 100, maxMs: 100, jitter: 'none' } as const;
    const limited = new Retry({ attempts: 3, backoff, budget });
    limited.recordCall(0);
    expect(limited.nextDelayMs(3, 0, UNUSED, 0)).toBe(STOP);
    expect(limited.nextDelayMs(1, 0, UNUSED, 0)).toBe(100);
    expect(limited.nextDelayMs(1, 0, UNUSED, 0)).toBe(STOP);
  });

  it.each([
    { attempts: 0 },
    { attempts: 1.5 },
    { initialMs: -1 },
    { factor: 0.5 },
    { maxMs: Number.NaN },
  ])('refuses %j', (wrong) => {
    const { attempts = 1, ...rest } = wrong as Record<string, number>;
    const backoff = { initialMs: 1, maxMs: 1, jitter: 'none' as const, ...rest };
    expect(() => new Retry({ attempts, backoff })).toThrow(RangeError);
  });
});
