import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { TokenBudget } from './token-budget.ts';

function granted(budget: TokenBudget, asked = 1_000): number {
  return Array.from({ length: asked }, () => budget.tryRetry()).filter(Boolean).length;
}

function calls(budget: TokenBudget, count: number): TokenBudget {
  for (let i = 0; i < count; i++) budget.recordCall();
  return budget;
}

describe('TokenBudget', () => {
  it('begins full, and lets as many retries through at once', () => {
    expect(granted(new TokenBudget({ ratio: 0.1, burst: 5 }))).toBe(5);
  });

  it('earns a retry with every tenth call at a tenth of a token', () => {
    const budget = new TokenBudget({ ratio: 0.1, burst: 5 });
    granted(budget);
    expect(granted(calls(budget, 9))).toBe(0);
    expect(granted(calls(budget, 1))).toBe(1);
    expect(granted(calls(budget, 30))).toBe(3);
  });

  it('saves up no more than its burst', () => {
    expect(granted(calls(new TokenBudget({ ratio: 1, burst: 5 }), 1_000))).toBe(5);
  });

  it.each([
    { ratio: -0.1, burst: 5 },
    { ratio: Number.NaN, burst: 5 },
    { ratio: 0.1, burst: 0.9 },
  ])('refuses %j', (options) => {
    expect(() => new TokenBudget(options)).toThrow(RangeError);
  });

  it('never grants more than burst and share, in any stretch of calls and retries', () => {
    const ratios = fc.constantFrom(0, 0.1, 0.3, 1);
    const bursts = fc.constantFrom(1, 2.5, 5);
    fc.assert(
      fc.property(fc.array(fc.boolean()), ratios, bursts, (steps, ratio, burst) => {
        const budget = new TokenBudget({ ratio, burst });
        const events: boolean[] = [];
        for (const isRetry of steps) {
          if (!isRetry) budget.recordCall();
          if (!isRetry || budget.tryRetry()) events.push(isRetry);
        }
        for (let from = 0; from < events.length; from++) {
          const stretch = events.slice(from);
          const retries = stretch.filter(Boolean).length;
          const most = burst + (stretch.length - retries) * ratio;
          expect(retries).toBeLessThanOrEqual(most + 1e-6);
        }
      }),
    );
  });
});
