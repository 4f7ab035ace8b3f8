import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { REJECTED } from '../common/rejected.ts';
import { CircuitBreaker, type CircuitBreakerOptions } from './circuit-breaker.ts';
import type { BreakerSnapshot } from './snapshot.ts';
import { COUNT_WINDOW, EVERY_TRIP, fail, open, succeed, TIME_WINDOW } from './testing/trips.ts';

/** Another breaker, in another process, on a clock that shows 5 s. */
function restarted(breaker: CircuitBreaker, nowMs: number, options: CircuitBreakerOptions = {}) {
  const text = JSON.stringify(breaker.snapshot(nowMs));
  return new CircuitBreaker({ ...options, restore: { snapshot: JSON.parse(text), nowMs: 5_000 } });
}

describe('BreakerSnapshot', () => {
  it.each(EVERY_TRIP)('keeps what $kind has counted', (trip) => {
    const breaker = new CircuitBreaker({ trip });
    succeed(breaker, 0);
    fail(breaker, 10, 2);
    const restored = restarted(breaker, 20, { trip });
    expect(restored.state).toEqual({ kind: 'closed', failureCount: 2 });
    fail(restored, 5_000);
    expect(restored.state.kind).toBe('open');
  });

  it('keeps how long the breaker has been open', () => {
    const breaker = new CircuitBreaker({ recoveryTimeoutMs: 1_000 });
    open(breaker, 0);
    const restored = restarted(breaker, 400, { recoveryTimeoutMs: 1_000 });
    expect(restored.state).toEqual({ kind: 'open', openedAtMs: 4_600, retryAtMs: 5_600 });
    expect(restored.metrics(5_000)).toMatchObject({ failureCount: 5, totalCalls: 0 });
    expect([restored.acquire(5_599), restored.acquire(5_600)]).toEqual([
      REJECTED,
      expect.any(Number),
    ]);
  });

  it('keeps an isolated breaker isolated', () => {
    const breaker = new CircuitBreaker();
    breaker.isolate(0);
    const restored = restarted(breaker, 0);
    expect(restored.acquire(1e12)).toBe(REJECTED);
    restored.reset(1e12);
    expect(restored.state.kind).toBe('closed');
  });

  it('is plain data', () => {
    const breaker = new CircuitBreaker();
    open(breaker, 0);
    expect(breaker.snapshot(100)).toEqual({
      version: 1,
      state: { kind: 'open', openForMs: 100 },
      reopenings: 0,
      trip: { kind: 'leaky', failureCount: 5 },
    });
  });

  it('cannot keep a breaker open for longer than its own options say', () => {
    const breaker = new CircuitBreaker({ recoveryTimeoutMs: 60_000 });
    open(breaker, 0);
    expect(restarted(breaker, 0, { recoveryTimeoutMs: 100 }).retryAfterMs(5_000)).toBe(100);
  });

  const sound: BreakerSnapshot = {
    version: 1,
    state: { kind: 'closed' },
    reopenings: 0,
    trip: { kind: 'leaky', failureCount: 0 },
  };
  const withState = (state: unknown) => ({ ...sound, state });
  const withTrip = (trip: unknown) => ({ ...sound, trip });
  it.each([
    [undefined, 'snapshot must be an object, not undefined'],
    [null, 'snapshot must be an object, not null'],
    ['closed', "snapshot must be an object, not 'closed'"],
    [[sound], 'snapshot must be an object, not a list of 1'],
    [{}, 'snapshot.version must be 1, not undefined'],
    [{ ...sound, version: 2 }, 'snapshot.version must be 1, not 2'],
    [{ ...sound, reopenings: -1 }, 'snapshot.reopenings must be a whole number from 0 to'],
    [{ ...sound, reopenings: 0.5 }, 'snapshot.reopenings must be a whole number from 0 to'],
    [{ ...sound, reopenings: '1' }, 'snapshot.reopenings must be a whole number from 0 to'],
    [withState(undefined), 'snapshot.state must be an object, not undefined'],
    [
      withState({ kind: 'ajar' }),
      "snapshot.state.kind must be 'closed', 'open', 'half-open' or 'isolated', not 'ajar'",
    ],
    [withState({ kind: 'x'.repeat(1e6) }), 'not a text of 1000000 characters'],
    [withState({ kind: 'open' }), 'snapshot.state.openForMs must be a number from 0 to'],
    [withState({ kind: 'open', openForMs: -1 }), 'snapshot.state.openForMs must be'],
    [withState({ kind: 'open', openForMs: Number.NaN }), 'not NaN'],
    [withState({ kind: 'half-open' }), 'snapshot.state.successCount must be a whole number'],
    [withTrip(null), 'snapshot.trip must be an object, not null'],
    [
      withTrip({ kind: 'consecutive', failureCount: 0 }),
      "snapshot.trip.kind must be 'leaky', the breaker's own, not 'consecutive'",
    ],
    [withTrip({ kind: 'leaky' }), 'snapshot.trip.failureCount must be a whole number'],
    [withTrip({ kind: 'leaky', failureCount: 1e300 }), 'not 1e+300'],
    [withTrip({ kind: 'leaky', failureCount: {} }), 'not a value of the type object'],
  ])('is refused when it is %j', (snapshot, message) => {
    const restore = { snapshot: snapshot as BreakerSnapshot, nowMs: 0 };
    expect(() => new CircuitBreaker({ restore })).toThrow(RangeError);
    expect(() => new CircuitBreaker({ restore })).toThrow(message);
  });

  it.each([
    ['ssx', 'snapshot.trip.calls must be up to 6 characters in the form ^[sfSF]*$'],
    ['sssssss', 'snapshot.trip.calls must be up to 6 characters'],
    [['s'], 'not a list of 1'],
  ])('is refused when the last calls are %j', (calls, message) => {
    const trip = COUNT_WINDOW;
    const snapshot = withTrip({ kind: 'count-window', calls }) as BreakerSnapshot;
    expect(() => new CircuitBreaker({ trip, restore: { snapshot, nowMs: 0 } })).toThrow(message);
  });

  const empty = Array<readonly number[]>(10).fill([0, 0, 0]);
  const timeWindow = { kind: 'time-window', windowMs: 1_000, agedMs: 0, buckets: empty };
  it.each([
    [{ windowMs: 2_000 }, "snapshot.trip.windowMs must be 1000, the breaker's own, not 2000"],
    [{ agedMs: 101 }, 'snapshot.trip.agedMs must be a number from 0 to 100, not 101'],
    [{ buckets: {} }, 'snapshot.trip.buckets must be a list of 10'],
    [{ buckets: empty.slice(1) }, 'snapshot.trip.buckets must be a list of 10, not a list of 9'],
    [{ buckets: [...empty.slice(1), [1, 2]] }, 'snapshot.trip.buckets[9] must be a list of 3'],
    [{ buckets: [[-1, 0, 0], ...empty.slice(1)] }, 'snapshot.trip.buckets[0][0] must be'],
    [{ buckets: [[1, 2, 0], ...empty.slice(1)] }, 'snapshot.trip.buckets[0][1] must be'],
    [{ buckets: [[1, 0, 2], ...empty.slice(1)] }, 'snapshot.trip.buckets[0][2] must be'],
  ])('is refused when the window is %j', (part, message) => {
    const trip = TIME_WINDOW;
    const snapshot = withTrip({ ...timeWindow, ...part }) as BreakerSnapshot;
    expect(() => new CircuitBreaker({ trip, restore: { snapshot, nowMs: 0 } })).toThrow(message);
  });

  it('is restored or refused with a RangeError, whatever it holds', () => {
    const part = fc.jsonValue();
    const stateKind = fc.constantFrom('closed', 'open', 'half-open', 'isolated');
    const state = fc.record({ kind: stateKind, openForMs: part, successCount: part });
    const kind = fc.constantFrom(...EVERY_TRIP.map((trip) => trip.kind));
    const windowMs = fc.constant(TIME_WINDOW.windowMs);
    const counted = { failureCount: part, calls: part, agedMs: part, buckets: part };
    const trip = fc.record({ kind, windowMs, ...counted });
    const reopenings = fc.oneof(fc.nat(), part);
    const snapshots = fc.record({ version: fc.constant(1), state, reopenings, trip });
    fc.assert(
      fc.property(snapshots, fc.constantFrom(...EVERY_TRIP), (snapshot, options) => {
        const restore = { snapshot: snapshot as unknown as BreakerSnapshot, nowMs: 0 };
        try {
          const breaker = new CircuitBreaker({ trip: options, restore });
          const waitMs = breaker.retryAfterMs(0);
          expect(waitMs === Number.POSITIVE_INFINITY || waitMs <= 60_000).toBe(true);
        } catch (error) {
          expect(error).toBeInstanceOf(RangeError);
        }
      }),
    );
  });
});
