import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ConsecutiveTrip } from './consecutive-trip.ts';
import { endedCalls, record } from './testing/trips.ts';

describe('ConsecutiveTrip', () => {
  it('opens after so many failures in a row', () => {
    const trip = new ConsecutiveTrip({ kind: 'consecutive', failureThreshold: 3 });
    expect([trip.fail(), trip.fail(), trip.fail()]).toEqual([false, false, true]);
  });

  it('begins anew with a single success', () => {
    const trip = new ConsecutiveTrip({ kind: 'consecutive', failureThreshold: 3 });
    expect([trip.fail(), trip.fail(), trip.succeed(), trip.fail(), trip.fail()]).not.toContain(
      true,
    );
    expect(trip.failureCount).toBe(2);
  });

  it('counts the failures since the last success', () => {
    fc.assert(
      fc.property(endedCalls, fc.integer({ min: 1, max: 5 }), (calls, failureThreshold) => {
        const trip = new ConsecutiveTrip({ kind: 'consecutive', failureThreshold });
        calls.forEach((call, index) => {
          const opens = record(trip, 0, call);
          const sinceSuccess = index - calls.slice(0, index + 1).findLastIndex((c) => !c.failed);
          expect(trip.failureCount).toBe(sinceSuccess);
          expect(opens).toBe(sinceSuccess >= failureThreshold);
        });
      }),
    );
  });

  it.each([0, 1.5, Number.NaN])('refuses a threshold of %j', (failureThreshold) => {
    expect(() => new ConsecutiveTrip({ kind: 'consecutive', failureThreshold })).toThrow(
      /^failureThreshold must be/,
    );
  });
});
