import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { RateLimits } from './rate-limits.ts';

describe('RateLimits', () => {
  it('are reached by exactly the rate that is written', () => {
    const limits = new RateLimits({ failureRate: 0.5 }, 1);
    expect([limits.areReached(4, 1, 0), limits.areReached(4, 2, 0)]).toEqual([false, true]);
  });

  it('are reached by exactly the rate that is written, for every decimal', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 1_000 }), fc.integer({ min: 1, max: 99 }), (n, k) => {
        const limits = new RateLimits({ failureRate: Number(`${k}e-2`) }, 1);
        expect(limits.areReached(100 * n, k * n, 0)).toBe(true);
        expect(limits.areReached(100 * n, k * n - 1, 0)).toBe(false);
      }),
    );
  });

  it('can ask for every call to fail', () => {
    const limits = new RateLimits({ failureRate: 1 }, 1);
    expect([limits.areReached(9, 8, 0), limits.areReached(9, 9, 0)]).toEqual([false, true]);
  });

  it('say nothing of fewer calls than the minimum', () => {
    const limits = new RateLimits({ failureRate: 0.5 }, 5);
    expect([limits.areReached(4, 4, 0), limits.areReached(5, 4, 0)]).toEqual([false, true]);
    expect(new RateLimits({ failureRate: 0.5, minimumCalls: 4 }, 5).areReached(4, 4, 0)).toBe(true);
  });

  it('judge slow calls apart from failed ones', () => {
    const limits = new RateLimits({ failureRate: 1, slowCallRate: 0.5, slowCallMs: 100 }, 1);
    expect([limits.areReached(4, 3, 1), limits.areReached(4, 0, 2)]).toEqual([false, true]);
  });

  it('call slow what takes longer, not what takes just as long', () => {
    const limits = new RateLimits({ failureRate: 1, slowCallRate: 1, slowCallMs: 100 }, 1);
    expect([limits.isSlow(100), limits.isSlow(100.1)]).toEqual([false, true]);
    expect(new RateLimits({ failureRate: 1 }, 1).isSlow(Number.MAX_VALUE)).toBe(false);
  });

  it.each([
    { failureRate: 0 },
    { failureRate: 1.01 },
    { failureRate: Number.NaN },
    { slowCallRate: 0, slowCallMs: 1 },
    { slowCallRate: 2, slowCallMs: 1 },
    { slowCallMs: -1, slowCallRate: 1 },
    { minimumCalls: 0 },
    { minimumCalls: 1.5 },
  ])('refuse %j', (options) => {
    const [name = ''] = Object.keys(options);
    const create = () => new RateLimits({ failureRate: 0.5, ...options }, 1);
    expect(create).toThrow(RangeError);
    expect(create).toThrow(name);
  });

  it.each([{ slowCallRate: 0.5 }, { slowCallMs: 100 }])('refuse %j alone', (half) => {
    expect(() => new RateLimits({ failureRate: 0.5, ...half }, 1)).toThrow(
      'slowCallRate and slowCallMs mean nothing without each other',
    );
  });
});
