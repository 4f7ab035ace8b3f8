import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { endedCalls, record } from './testing/trips.ts';
import { TimeWindowTrip } from './time-window-trip.ts';

describe('TimeWindowTrip', () => {
  it('opens when the share of failures in the window reaches the rate', () => {
    const trip = new TimeWindowTrip({
      kind: 'time-window',
      windowMs: 10_000,
      failureRate: 0.5,
      minimumCalls: 4,
    });
    expect([trip.succeed(0, 0), trip.succeed(0, 0), trip.fail(1, 0)]).not.toContain(true);
    expect(trip.fail(2, 0)).toBe(true);
  });

  it('says nothing of fewer than ten calls unless told otherwise', () => {
    const trip = new TimeWindowTrip({ kind: 'time-window', windowMs: 10_000, failureRate: 0.5 });
    for (let i = 0; i < 9; i += 1) expect(trip.fail(i, 0)).toBe(false);
    expect(trip.fail(9, 0)).toBe(true);
  });

  it('opens at a success when what stood against the failures has aged away', () => {
    const options = { kind: 'time-window', windowMs: 1_000, failureRate: 0.6 } as const;
    const trip = new TimeWindowTrip({ ...options, minimumCalls: 3 });
    for (let i = 0; i < 5; i += 1) trip.succeed(0, 0);
    expect([trip.fail(900, 0), trip.fail(900, 0)]).toEqual([false, false]);
    expect(trip.succeed(1_000, 0)).toBe(true);
  });

  it('counts a call that fails slowly both ways', () => {
    const rates = { failureRate: 1, slowCallRate: 1, slowCallMs: 100, minimumCalls: 2 };
    const trip = new TimeWindowTrip({ kind: 'time-window', windowMs: 1_000, ...rates });
    expect([trip.fail(0, 101), trip.succeed(0, 101)]).toEqual([false, true]);
    trip.clear();
    expect([trip.fail(0, 101), trip.fail(0, 0)]).toEqual([false, true]);
  });

  it('judges as if it kept a list of all calls and when they ended', () => {
    fc.assert(
      fc.property(endedCalls, fc.integer({ min: 1, max: 5 }), (calls, minimumCalls) => {
        const rates = { failureRate: 0.6, slowCallRate: 0.8, slowCallMs: 50, minimumCalls };
        const trip = new TimeWindowTrip({ kind: 'time-window', windowMs: 1_000, ...rates });
        let elapsedMs = 0;
        const ended = calls.map((call, index) => {
          if (index > 0) elapsedMs += call.gapMs;
          return { ...call, elapsedMs, tenth: Math.floor(elapsedMs / 100) };
        });
        ended.forEach((call, index) => {
          const last = ended.slice(0, index + 1).filter(({ tenth }) => tenth > call.tenth - 10);
          const failures = last.filter(({ failed }) => failed).length;
          const slow = last.filter(({ durationMs }) => durationMs > 50).length;
          const isTooMuch = failures / last.length >= 0.6 || slow / last.length >= 0.8;
          expect(record(trip, 7_777 + call.elapsedMs, call)).toBe(
            last.length >= minimumCalls && isTooMuch,
          );
          expect(trip.failureCount).toBe(failures);
        });
      }),
    );
  });

  it.each([
    { windowMs: 0 },
    { windowMs: Number.POSITIVE_INFINITY },
    { minimumCalls: 0 },
    { failureRate: 0 },
  ])('refuses %j', (options) => {
    const [name = ''] = Object.keys(options);
    const create = () =>
      new TimeWindowTrip({ kind: 'time-window', windowMs: 1_000, failureRate: 0.5, ...options });
    expect(create).toThrow(RangeError);
    expect(create).toThrow(name);
  });
});
