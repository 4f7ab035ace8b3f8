import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  type CallOutcome,
  ConcurrencyLimit,
  type ConcurrencyLimitOptions,
} from './concurrency-limit.ts';
import { ConcurrencyLimitedError } from './concurrency-limited-error.ts';

function limitOf(options: Partial<ConcurrencyLimitOptions> = {}) {
  return new ConcurrencyLimit({
    algorithm: { kind: 'aimd' },
    initial: 2,
    min: 1,
    max: 10,
    ...options,
  });
}

describe('ConcurrencyLimit', () => {
  it('admits as many at once as its limit says', () => {
    const limit = limitOf();
    expect([1, 2, 3].map(() => limit.tryAcquire())).toEqual([true, true, false]);
    expect([limit.limit, limit.inFlight]).toEqual([2, 2]);
    limit.release(0, 10, 'ignore');
    expect(limit.inFlight).toBe(1);
    expect(limit.tryAcquire()).toBe(true);
  });

  it('does nothing on a release without a call under way', () => {
    const limit = limitOf();
    limit.release(0, 10, 'overload');
    expect([limit.limit, limit.inFlight]).toEqual([2, 0]);
    limit.tryAcquire();
    limit.release(0, 10, 'ignore');
    limit.release(0, 10, 'ignore');
    expect([1, 2, 3].map(() => limit.tryAcquire())).toEqual([true, true, false]);
  });

  it('learns nothing from a call that says nothing about the load', () => {
    const limit = limitOf();
    for (let nowMs = 0; nowMs < 100; nowMs += 1) {
      limit.tryAcquire();
      limit.release(nowMs, 1_000, 'ignore');
    }
    expect(limit.limit).toBe(2);
  });

  it('leaves neither of its bounds', () => {
    const limit = limitOf({ min: 2, initial: 3, max: 4 });
    const end = (nowMs: number, outcome: CallOutcome): number => {
      while (limit.tryAcquire());
      limit.release(nowMs, 1, outcome);
      return limit.limit;
    };
    for (let nowMs = 0; nowMs < 100; nowMs += 1) end(nowMs, 'success');
    expect(limit.limit).toBe(4);
    // Had it grown beyond, one cut would not show.
    expect(end(200, 'overload')).toBe(2);
    for (let nowMs = 300; nowMs < 400; nowMs += 2) end(nowMs, 'overload');
    expect(limit.limit).toBe(2);
  });

  it('admits nobody after a cut until enough has ended', () => {
    const limit = limitOf({ algorithm: { kind: 'aimd', backoffRatio: 0.5 }, initial: 4 });
    for (let i = 0; i < 4; i += 1) limit.tryAcquire();
    limit.release(0, 10, 'overload');
    expect([limit.limit, limit.inFlight, limit.tryAcquire()]).toEqual([2, 3, false]);
    limit.release(0, 10, 'ignore');
    expect(limit.tryAcquire()).toBe(false);
    limit.release(0, 10, 'ignore');
    expect(limit.tryAcquire()).toBe(true);
  });

  it.each([
    { min: 0 },
    { min: 3 },
    { max: 1 },
    { initial: 11 },
    { initial: 1.5 },
    { algorithm: { kind: 'aimd', backoffRatio: 1.1 } },
    { algorithm: { kind: 'gradient', tolerance: 0.9 } },
    { algorithm: { kind: 'gradient', smoothing: -0.1 } },
    { algorithm: { kind: 'gradient', queueSize: -1 } },
    { algorithm: { kind: 'gradient', windowMs: Number.NaN } },
  ] satisfies Partial<ConcurrencyLimitOptions>[])('refuses %j', (options) => {
    expect(() => limitOf(options)).toThrow(RangeError);
  });

  it('has an error that says which limit was reached, and what it was', () => {
    const error = new ConcurrencyLimitedError('partners', 7);
    expect(error).toMatchObject({ name: 'ConcurrencyLimitedError', limiter: 'partners', limit: 7 });
    expect(error.message).toBe("Concurrency limit 'partners' is reached: 7 at once");
  });
});

describe('any history of a ConcurrencyLimit', () => {
  const step = fc.record({
    do: fc.constantFrom('acquire', 'acquire', 'release'),
    outcome: fc.constantFrom<CallOutcome>('success', 'overload', 'ignore'),
    ms: fc.integer({ min: -50, max: 500 }),
    durationMs: fc.integer({ min: -10, max: 2_000 }),
  });

  it('stays within its bounds, admits nobody above the limit, and ends with nothing in flight', () => {
    fc.assert(
      fc.property(
        fc.constantFrom('aimd', 'gradient'),
        fc.array(step, { maxLength: 300 }),
        (kind, steps) => {
          const limit = limitOf({ algorithm: { kind }, min: 2, initial: 3, max: 6 });
          let inFlight = 0;
          let nowMs = 0;
          for (const { do: action, outcome, ms, durationMs } of steps) {
            nowMs += ms;
            if (action === 'acquire') {
              const isAdmitted = inFlight < limit.limit;
              expect(limit.tryAcquire()).toBe(isAdmitted);
              if (isAdmitted) inFlight += 1;
            } else {
              limit.release(nowMs, durationMs, outcome);
              inFlight = Math.max(0, inFlight - 1);
            }
            expect(limit.inFlight).toBe(inFlight);
            expect(limit.limit).toBeGreaterThanOrEqual(2);
            expect(limit.limit).toBeLessThanOrEqual(6);
          }
          for (; inFlight > 0; inFlight -= 1) limit.release(nowMs, 0, 'ignore');
          expect([limit.inFlight, limit.tryAcquire()]).toEqual([0, true]);
        },
      ),
    );
  });
});
