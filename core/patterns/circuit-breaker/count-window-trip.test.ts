import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { CountWindowTrip } from './count-window-trip.ts';
import { endedCalls, record } from './testing/trips.ts';

function play(trip: CountWindowTrip, calls: string): boolean[] {
  return [...calls].map((call) => (call === 'f' ? trip.fail(0, 0) : trip.succeed(0, 0)));
}

describe('CountWindowTrip', () => {
  it('opens when the share of failures among the last calls reaches the rate', () => {
    const trip = new CountWindowTrip({ kind: 'count-window', size: 4, failureRate: 0.5 });
    expect(play(trip, 'sssfsf')).toEqual([false, false, false, false, false, true]);
    expect(trip.failureCount).toBe(2);
  });

  it('waits for a full window unless it may judge by fewer calls', () => {
    const options = { kind: 'count-window', size: 4, failureRate: 0.5 } as const;
    expect(play(new CountWindowTrip(options), 'ffff')).toEqual([false, false, false, true]);
    const hasty = new CountWindowTrip({ ...options, minimumCalls: 2 });
    expect(play(hasty, 'ff')).toEqual([false, true]);
  });

  it('opens at a success that completes the minimum', () => {
    const options = { kind: 'count-window', size: 4, failureRate: 0.5, minimumCalls: 3 } as const;
    expect(play(new CountWindowTrip(options), 'ffs')).toEqual([false, false, true]);
  });

  it('counts a call that fails slowly both ways', () => {
    const trip = new CountWindowTrip({
      kind: 'count-window',
      size: 2,
      failureRate: 1,
      slowCallRate: 1,
      slowCallMs: 100,
    });
    expect([trip.fail(0, 101), trip.succeed(0, 101)]).toEqual([false, true]);
    trip.clear();
    expect([trip.fail(0, 101), trip.fail(0, 0)]).toEqual([false, true]);
  });

  it('judges as if it kept a list of the last calls', () => {
    const size = fc.integer({ min: 1, max: 8 });
    fc.assert(
      fc.property(endedCalls, size, size, (calls, size, minimum) => {
        const minimumCalls = Math.min(size, minimum);
        const rates = { failureRate: 0.6, slowCallRate: 0.8, slowCallMs: 50 };
        const trip = new CountWindowTrip({ kind: 'count-window', size, minimumCalls, ...rates });
        calls.forEach((call, index) => {
          const last = calls.slice(Math.max(0, index + 1 - size), index + 1);
          const failures = last.filter(({ failed }) => failed).length;
          const slow = last.filter(({ durationMs }) => durationMs > 50).length;
          const isTooMuch = failures / last.length >= 0.6 || slow / last.length >= 0.8;
          expect(record(trip, 0, call)).toBe(last.length >= minimumCalls && isTooMuch);
          expect(trip.failureCount).toBe(failures);
        });
      }),
    );
  });

  it('saves a letter for each call', () => {
    const options = { failureRate: 1, slowCallRate: 1, slowCallMs: 100 };
    const trip = new CountWindowTrip({ kind: 'count-window', size: 5, ...options });
    expect(trip.save()).toEqual({ kind: 'count-window', calls: '' });
    for (const durationMs of [0, 101]) {
      trip.fail(0, durationMs);
      trip.succeed(0, durationMs);
    }
    expect(trip.save()).toEqual({ kind: 'count-window', calls: 'fsFS' });
    trip.succeed(0, 0);
    trip.succeed(0, 0);
    expect(trip.save()).toEqual({ kind: 'count-window', calls: 'sFSss' });
  });

  it.each([{ size: 0 }, { size: 2.5 }, { minimumCalls: 11 }, { failureRate: 0 }])(
    'refuses %j',
    (options) => {
      const [name = ''] = Object.keys(options);
      const create = () =>
        new CountWindowTrip({ kind: 'count-window', size: 10, failureRate: 0.5, ...options });
      expect(create).toThrow(RangeError);
      expect(create).toThrow(name);
    },
  );
});
