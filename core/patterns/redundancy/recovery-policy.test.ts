import { describe, expect, it } from 'vitest';
import { createRandom } from '../../time/index.ts';
import { type RecoveryOptions, RecoveryPolicy } from './recovery-policy.ts';

function durations(options: RecoveryOptions, attempts: number): number[] {
  const policy = new RecoveryPolicy(options);
  return Array.from({ length: attempts }, (_, i) => policy.durationMs(i + 1));
}

describe('RecoveryPolicy', () => {
  it('takes five seconds more with each attempt, thirty at most, by default', () => {
    const expected = [5_000, 10_000, 15_000, 20_000, 25_000, 30_000, 30_000];
    expect(durations({}, 7)).toEqual(expected);
  });

  it('takes the same time for each attempt when it does not grow', () => {
    expect(durations({ timeMs: 2_000, growth: 'constant' }, 3)).toEqual([2_000, 2_000, 2_000]);
  });

  it('takes twice the time with each attempt when it grows exponentially, up to its cap', () => {
    const options = { timeMs: 1_000, growth: 'exponential', maxTimeMs: 5_000 } as const;
    expect(durations(options, 4)).toEqual([1_000, 2_000, 4_000, 5_000]);
    expect(new RecoveryPolicy(options).durationMs(5_000)).toBe(5_000);
  });

  it('makes five attempts a minute apart by default', () => {
    expect(new RecoveryPolicy()).toMatchObject({ maxAttempts: 5, retryAfterMs: 60_000 });
  });

  it.each([
    [undefined, 0.7],
    [0.25, 0.25],
    [0, 0],
    [1, 1],
  ])('succeeds with the probability that is set (%s)', (successRate, share) => {
    const policy = new RecoveryPolicy(successRate === undefined ? {} : { successRate });
    const random = createRandom(1);
    const tries = Array.from({ length: 10_000 }, () => policy.succeeds(random));
    expect(tries.filter(Boolean).length / 10_000).toBeCloseTo(share, 1.5);
  });

  it.each([
    { timeMs: -1 },
    { maxTimeMs: Number.NaN },
    { successRate: 1.1 },
    { maxAttempts: 0 },
    { retryAfterMs: -1 },
  ])('refuses %j', (options) => {
    expect(() => new RecoveryPolicy(options)).toThrow(RangeError);
  });
});
