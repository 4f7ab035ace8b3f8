import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { RetryBudget } from './retry-budget.ts';

function retriesGranted(budget: RetryBudget, nowMs: number, asked = 1_000): number {
  return Array.from({ length: asked }, () => budget.tryRetry(nowMs)).filter(Boolean).length;
}

describe('RetryBudget', () => {
  it('allows a share of the calls of the last ten seconds', () => {
    const budget = new RetryBudget({ ratio: 0.1, minRetriesPerSecond: 0 });
    for (let i = 0; i < 500; i += 1) budget.recordCall(i * 10);
    expect(retriesGranted(budget, 5_000)).toBe(50);
  });

  it('allows three retries per second where there is little traffic, by default', () => {
    const budget = new RetryBudget({ ratio: 0.1 });
    budget.recordCall(0);
    expect(retriesGranted(budget, 0)).toBe(30);
  });

  it('uses the larger of share and floor, not both', () => {
    const budget = new RetryBudget({ ratio: 0.2, minRetriesPerSecond: 1 });
    for (let i = 0; i < 100; i += 1) budget.recordCall(0);
    expect(retriesGranted(budget, 0)).toBe(20);
  });

  it('earns nothing from retries', () => {
    const budget = new RetryBudget({ ratio: 1, minRetriesPerSecond: 0 });
    budget.recordCall(0);
    expect(retriesGranted(budget, 0)).toBe(1);
  });

  it('forgets calls and retries after ten seconds, idle ones included', () => {
    const budget = new RetryBudget({ ratio: 0.5, minRetriesPerSecond: 0 });
    for (let i = 0; i < 10; i += 1) budget.recordCall(0);
    expect(retriesGranted(budget, 9_999)).toBe(5);
    expect(retriesGranted(budget, 10_000)).toBe(0);
    for (let i = 0; i < 10; i += 1) budget.recordCall(1e9);
    expect(retriesGranted(budget, 1e9)).toBe(5);
  });

  it('gives no budget back when the clock steps back', () => {
    const budget = new RetryBudget({ ratio: 0, minRetriesPerSecond: 1 });
    expect(retriesGranted(budget, 1e9)).toBe(10);
    expect(retriesGranted(budget, 0)).toBe(0);
    expect(retriesGranted(budget, 10_000)).toBe(10);
  });

  it.each([{ ratio: -0.1 }, { ratio: Number.NaN }, { ratio: 0.1, minRetriesPerSecond: -1 }])(
    'refuses %j',
    (options) => {
      expect(() => new RetryBudget(options)).toThrow(RangeError);
    },
  );

  it('is never exceeded', () => {
    const step = fc.record({ isRetry: fc.boolean(), ms: fc.nat(900) });
    fc.assert(
      fc.property(
        fc.array(step, { maxLength: 300 }),
        fc.constantFrom(0, 0.1, 0.5, 1),
        fc.constantFrom(0, 0.2, 1),
        (steps, ratio, floor) => {
          const budget = new RetryBudget({ ratio, minRetriesPerSecond: floor });
          const events: { second: number; isRetry: boolean }[] = [];
          let nowMs = 0;
          for (const { isRetry, ms } of steps) {
            nowMs += events.length === 0 ? 0 : ms;
            const second = Math.floor(nowMs / 1_000);
            if (isRetry && !budget.tryRetry(nowMs)) continue;
            if (!isRetry) budget.recordCall(nowMs);
            events.push({ second, isRetry });
            const recent = events.filter((event) => event.second > second - 10);
            const retries = recent.filter((event) => event.isRetry).length;
            const allowed = Math.max((recent.length - retries) * ratio, floor * 10);
            if (isRetry) expect(retries).toBeLessThanOrEqual(allowed);
          }
        },
      ),
    );
  });
});
