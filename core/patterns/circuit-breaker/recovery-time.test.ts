import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { RecoveryTime } from './recovery-time.ts';

const openTimes = (time: RecoveryTime) => [0, 1, 2, 3, 4].map((n) => time.openMs(n));

describe('RecoveryTime', () => {
  it('is a minute each time by default', () => {
    expect(openTimes(new RecoveryTime({}))).toEqual(Array(5).fill(60_000));
  });

  it('grows by the factor up to five minutes by default', () => {
    const time = new RecoveryTime({ recoveryTimeoutMs: 30_000, recoveryFactor: 2 });
    expect(openTimes(time)).toEqual([30_000, 60_000, 120_000, 240_000, 300_000]);
  });

  it('grows up to the most that is set', () => {
    const options = { recoveryTimeoutMs: 100, recoveryFactor: 3, maxRecoveryTimeoutMs: 1_000 };
    expect(openTimes(new RecoveryTime(options))).toEqual([100, 300, 900, 1_000, 1_000]);
  });

  it('may begin at more than five minutes', () => {
    expect(new RecoveryTime({ recoveryTimeoutMs: 400_000 }).openMs(0)).toBe(400_000);
  });

  it('always lies between where it begins and the most, whatever the numbers', () => {
    const ms = fc.double({ min: 0, max: Number.MAX_VALUE, noNaN: true });
    const factor = fc.double({ min: 1, max: Number.MAX_VALUE, noNaN: true });
    fc.assert(
      fc.property(ms, ms, factor, fc.maxSafeNat(), (a, b, recoveryFactor, reopenings) => {
        const [recoveryTimeoutMs, maxRecoveryTimeoutMs] = [Math.min(a, b), Math.max(a, b)];
        const time = new RecoveryTime({ recoveryTimeoutMs, recoveryFactor, maxRecoveryTimeoutMs });
        expect(time.openMs(reopenings)).toBeGreaterThanOrEqual(recoveryTimeoutMs);
        expect(time.openMs(reopenings)).toBeLessThanOrEqual(maxRecoveryTimeoutMs);
      }),
    );
  });

  it.each([
    { recoveryTimeoutMs: -1 },
    { recoveryFactor: 0.5 },
    { recoveryFactor: Number.POSITIVE_INFINITY },
    { maxRecoveryTimeoutMs: 59_999 },
  ])('refuses %j', (options) => {
    const [name = ''] = Object.keys(options);
    expect(() => new RecoveryTime(options)).toThrow(RangeError);
    expect(() => new RecoveryTime(options)).toThrow(name);
  });
});
