import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { STOP } from '../common/stop.ts';
import type { BackoffKind, JitterKind } from './backoff.ts';
import { Retry } from './retry.ts';
import { RetryBudget } from './retry-budget.ts';

const NONE = { next: () => 0 };

describe('trap 12: backoff that overflows', () => {
  it('never waits less than nothing or longer than the maximum, however often it tries', () => {
    fc.assert(
      fc.property(
        fc.constantFrom<BackoffKind>('constant', 'linear', 'exponential'),
        fc.constantFrom<JitterKind>('none', 'full', 'equal', 'decorrelated'),
        fc.oneof(fc.nat(2_000), fc.constantFrom(2 ** 31, 2 ** 53 - 3)),
        fc.constantFrom(0, 1, 1e300, Number.MAX_VALUE),
        fc.constantFrom(0, 5_000, Number.MAX_VALUE),
        fc.constantFrom(0, 1e4, Number.MAX_VALUE),
        fc.constantFrom(0, 0.5, 1 - 2 ** -32),
        (kind, jitter, failedBefore, initialMs, maxMs, previousMs, drawn) => {
          const backoff = { kind, initialMs, factor: 10, maxMs, jitter };
          const retry = new Retry({ attempts: Number.MAX_SAFE_INTEGER, backoff });
          const random = { next: () => drawn };
          const delayMs = retry.nextDelayMs(failedBefore + 1, previousMs, random, 0);
          expect(delayMs).toBeGreaterThanOrEqual(0);
          expect(delayMs).toBeLessThanOrEqual(maxMs);
        },
      ),
    );
  });
});

describe('trap 13: what counts as an attempt', () => {
  const immediate = { initialMs: 0, maxMs: 0, jitter: 'none' } as const;
  const tries = (retry: Retry): number => {
    let failed = 1;
    while (retry.nextDelayMs(failed, 0, NONE, 0) !== STOP) failed += 1;
    return failed;
  };

  it('counts the first try among the attempts: three are two retries', () => {
    expect(tries(new Retry({ attempts: 3, backoff: immediate }))).toBe(3);
    expect(tries(new Retry({ attempts: 1, backoff: immediate }))).toBe(1);
  });

  it('tells no wait from no retry', () => {
    const retry = new Retry({ attempts: 2, backoff: immediate });
    expect(retry.nextDelayMs(1, 0, NONE, 0)).toBe(0);
    expect(retry.nextDelayMs(2, 0, NONE, 0)).toBe(STOP);
    expect(STOP).toBeLessThan(0);
  });

  it('takes nothing out of the budget after the last attempt', () => {
    const budget = new RetryBudget({ ratio: 1, minRetriesPerSecond: 0 });
    const retry = new Retry({ attempts: 2, backoff: immediate, budget });
    retry.recordCall(0);
    for (let i = 0; i < 9; i += 1) expect(retry.nextDelayMs(2, 0, NONE, 0)).toBe(STOP);
    expect(budget.tryRetry(0)).toBe(true);
  });
});

describe('trap 22: the budget', () => {
  const granted = (budget: RetryBudget, nowMs: number): number => {
    let count = 0;
    while (budget.tryRetry(nowMs)) count += 1;
    return count;
  };

  it('has a floor for little traffic', () => {
    const budget = new RetryBudget({ ratio: 0.1, minRetriesPerSecond: 0.5 });
    budget.recordCall(0);
    expect(granted(budget, 0)).toBe(5);
  });

  it('can have none', () => {
    expect(granted(new RetryBudget({ ratio: 0.1, minRetriesPerSecond: 0 }), 0)).toBe(0);
  });

  it('does not count retries among the calls that earn retries', () => {
    const budget = new RetryBudget({ ratio: 0.5, minRetriesPerSecond: 0 });
    for (let i = 0; i < 8; i += 1) budget.recordCall(0);
    expect(granted(budget, 0)).toBe(4);
    expect(granted(budget, 0)).toBe(0);
  });

  it('lets calls and retries expire, after an idle time too', () => {
    const budget = new RetryBudget({ ratio: 0.5, minRetriesPerSecond: 0 });
    for (let i = 0; i < 8; i += 1) budget.recordCall(0);
    expect(granted(budget, 300_000)).toBe(0);
    for (let i = 0; i < 2; i += 1) budget.recordCall(300_000);
    expect(granted(budget, 300_000)).toBe(1);
  });
});
