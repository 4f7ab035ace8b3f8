import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { LeakyTrip } from './leaky-trip.ts';
import { endedCalls, record } from './testing/trips.ts';

describe('LeakyTrip', () => {
  it('opens when the failures less the successes among them reach the threshold', () => {
    const trip = new LeakyTrip({ kind: 'leaky', failureThreshold: 3 });
    expect([trip.fail(), trip.fail(), trip.succeed(), trip.fail()]).not.toContain(true);
    expect(trip.failureCount).toBe(2);
    expect(trip.fail()).toBe(true);
  });

  it('forgets a failure with each success, and owes nothing to earlier ones', () => {
    const trip = new LeakyTrip({ kind: 'leaky', failureThreshold: 2 });
    for (let i = 0; i < 9; i += 1) trip.succeed();
    expect([trip.fail(), trip.fail()]).toEqual([false, true]);
  });

  it('calls nothing slow', () => {
    expect(new LeakyTrip({ kind: 'leaky', failureThreshold: 1 }).isSlow()).toBe(false);
  });

  it('counts as a walk that rises with failures and falls with successes, down to 0', () => {
    fc.assert(
      fc.property(endedCalls, fc.integer({ min: 1, max: 5 }), (calls, failureThreshold) => {
        const trip = new LeakyTrip({ kind: 'leaky', failureThreshold });
        let height = 0;
        for (const call of calls) {
          height = call.failed ? height + 1 : Math.max(0, height - 1);
          expect(record(trip, 0, call)).toBe(call.failed && height >= failureThreshold);
          expect(trip.failureCount).toBe(height);
        }
      }),
    );
  });

  it.each([0, 1.5, Number.NaN])('refuses a threshold of %j', (failureThreshold) => {
    expect(() => new LeakyTrip({ kind: 'leaky', failureThreshold })).toThrow(
      /^failureThreshold must be/,
    );
  });
});
