/**
 * What circuit breakers get wrong out there, one test or more for each trap; each name begins with
 * the trap's. The comments say who fell into it, or which library's test guards against it. All in
 * one file, however long, so that one look shows whether the list is complete.
 */
import { describe, expect, it } from 'vitest';
import { REJECTED } from '../common/rejected.ts';
import { CircuitBreaker, type CircuitBreakerOptions } from './circuit-breaker.ts';
import type { BreakerSnapshot } from './snapshot.ts';
import { COUNT_WINDOW, EVERY_TRIP, fail, open, succeed, TIME_WINDOW } from './testing/trips.ts';

const HOUR_MS = 3_600_000;

/** A breaker that may make a trial at `1_000`. */
function opened(options: CircuitBreakerOptions = {}): CircuitBreaker {
  const breaker = new CircuitBreaker({ recoveryTimeoutMs: 1_000, ...options });
  open(breaker, 0);
  return breaker;
}

/** How many trials are let through at `nowMs`, if none of them ends. */
function trialsAt(breaker: CircuitBreaker, nowMs: number): number {
  let trials = 0;
  while (breaker.acquire(nowMs) !== REJECTED) trials += 1;
  return trials;
}

/** Trips that a few calls cannot open. */
const DEMANDING_TRIPS = [
  { ...COUNT_WINDOW, size: 100, minimumCalls: 100 },
  { ...TIME_WINDOW, minimumCalls: 100 },
];

const GROWING = { recoveryTimeoutMs: 1_000, recoveryFactor: 2, successThreshold: 2 };
function restoredAt0(snapshot: BreakerSnapshot): CircuitBreaker {
  return new CircuitBreaker({ ...GROWING, restore: { snapshot, nowMs: 0 } });
}

describe('CircuitBreaker and the trap of', () => {
  // gobreaker, and so Dapr, where an `interval` is set.
  it('a reset by the clock: what takes as long to fail is never counted', () => {
    for (const [callMs, state] of [
      [10_000, 'closed'],
      [9_999, 'open'],
    ] as const) {
      const trip = { kind: 'consecutive', failureThreshold: 1 } as const;
      const breaker = new CircuitBreaker({ trip, resetIntervalMs: 10_000 });
      breaker.fail(breaker.acquire(0), callMs, callMs);
      expect(breaker.state.kind).toBe(state);
    }
  });

  it('a reset by the clock: it counts anew, from the first call and from when it closes', () => {
    const trip = { kind: 'consecutive', failureThreshold: 2 } as const;
    const breaker = new CircuitBreaker({
      trip,
      resetIntervalMs: 1_000,
      recoveryTimeoutMs: 500,
      successThreshold: 1,
    });
    breaker.fail(breaker.acquire(5_000), 5_000, 0);
    breaker.fail(breaker.acquire(6_000), 6_000, 0);
    expect(breaker.state).toEqual({ kind: 'closed', failureCount: 1 });
    breaker.fail(breaker.acquire(6_999), 6_999, 0);
    expect(breaker.state.kind).toBe('open');
    breaker.succeed(breaker.acquire(7_499), 7_499, 0);
    breaker.fail(breaker.acquire(7_500), 7_500, 0);
    breaker.fail(breaker.acquire(8_499), 8_499, 0);
    expect(breaker.state.kind).toBe('open');
  });

  // resilience4j and cockatiel record into whatever state is current; denoland/std#7306 is this.
  it('late result after a state change: a failure from before does not reopen', () => {
    const breaker = new CircuitBreaker({ recoveryTimeoutMs: 1_000 });
    const late = breaker.acquire(0);
    open(breaker, 0);
    breaker.acquire(1_000);
    breaker.fail(late, 1_001, 1_001);
    expect(breaker.state).toEqual({ kind: 'half-open', trialsInFlight: 1, successCount: 0 });
  });

  it('late result after a state change: a success from before does not help to close', () => {
    const breaker = new CircuitBreaker({ recoveryTimeoutMs: 1_000, successThreshold: 1 });
    const late = breaker.acquire(0);
    open(breaker, 0);
    breaker.acquire(1_000);
    breaker.succeed(late, 1_001, 1_001);
    expect(breaker.state.kind).toBe('half-open');
  });

  it('late result after a state change: trials of one time say nothing the next time', () => {
    const breaker = opened({ successThreshold: 2 });
    const [late, failing] = [breaker.acquire(1_000), breaker.acquire(1_000)];
    breaker.fail(failing, 1_000, 0);
    breaker.acquire(2_000);
    breaker.succeed(late, 2_001, 1_001);
    expect(breaker.state).toEqual({ kind: 'half-open', trialsInFlight: 1, successCount: 0 });
  });

  it.each(EVERY_TRIP)(
    'late result after a state change: closed again, $kind knows nothing of before',
    (trip) => {
      const breaker = new CircuitBreaker({ trip, recoveryTimeoutMs: 1_000, successThreshold: 1 });
      const late = Array.from({ length: 20 }, () => breaker.acquire(0));
      open(breaker, 0);
      succeed(breaker, 1_000);
      for (const permit of late) breaker.fail(permit, 1_001, 1_001);
      expect(breaker.state).toEqual({ kind: 'closed', failureCount: 0 });
    },
  );

  // gobreaker with an interval, and so Dapr, drops every failure that took longer than it.
  it.each(EVERY_TRIP)(
    'dropping must not blind the breaker: $kind counts calls that outlast its window',
    (trip) => {
      const breaker = new CircuitBreaker({ trip });
      const slow = Array.from({ length: 6 }, () => breaker.acquire(0));
      for (const permit of slow) breaker.fail(permit, 30_000, 30_000);
      expect(breaker.state.kind).toBe('open');
    },
  );

  it('dropping must not blind the breaker: trials that outlast the open time still close it', () => {
    const breaker = opened({ recoveryTimeoutMs: 1_000, successThreshold: 1 });
    const trial = breaker.acquire(1_000);
    for (let nowMs = 1_000; nowMs < 30_000; nowMs += 100) breaker.acquire(nowMs);
    breaker.succeed(trial, 30_000, 29_000);
    expect(breaker.state.kind).toBe('closed');
  });

  // opossum#119 let all through.
  it('half-open admission is a permit count: as many trials as allowed, and no more', () => {
    expect(trialsAt(opened({ halfOpenLimit: 4 }), 1_000)).toBe(4);
    expect(trialsAt(opened({ halfOpenLimit: 1 }), 1_000)).toBe(1);
  });

  it('half-open admission is a permit count: each trial that ends makes room for one', () => {
    const breaker = opened({ halfOpenLimit: 2, successThreshold: 9 });
    const trial = breaker.acquire(1_000);
    expect(trialsAt(breaker, 1_000)).toBe(1);
    breaker.succeed(trial, 1_000, 0);
    expect(trialsAt(breaker, 1_000)).toBe(1);
  });

  // Hystrix: testUnsubscriptionDoesNotLeaveCircuitStuckHalfOpen.
  it('permit leak: a cancelled trial gives its permit back', () => {
    const breaker = opened({ halfOpenLimit: 1 });
    for (let i = 0; i < 9; i += 1) breaker.cancel(breaker.acquire(1_000));
    expect(trialsAt(breaker, 1_000)).toBe(1);
  });

  // resilience4j waits for ever by default, gobreaker and Polly always do.
  it('permit leak: trials that never end lapse after the open time', () => {
    const breaker = opened({ recoveryTimeoutMs: 5_000, halfOpenLimit: 2 });
    expect(trialsAt(breaker, 5_000)).toBe(2);
    expect(trialsAt(breaker, 9_999)).toBe(0);
    expect(trialsAt(breaker, 10_000)).toBe(2);
    expect(breaker.state).toMatchObject({ kind: 'half-open', trialsInFlight: 2 });
  });

  it('permit leak: trials that never end lapse after the open time as it has grown', () => {
    const breaker = opened({ recoveryTimeoutMs: 5_000, recoveryFactor: 2, halfOpenLimit: 1 });
    fail(breaker, 5_000);
    expect(trialsAt(breaker, 15_000)).toBe(1);
    expect([trialsAt(breaker, 24_999), trialsAt(breaker, 25_000)]).toEqual([0, 1]);
  });

  it('permit leak: trials lapse at longer and longer intervals, so that they do not pile up', () => {
    const breaker = opened({ recoveryTimeoutMs: 5_000, halfOpenLimit: 1 });
    const begun: number[] = [];
    for (let nowMs = 5_000; nowMs <= 80_000; nowMs += 1_000) {
      if (breaker.acquire(nowMs) !== REJECTED) begun.push(nowMs);
    }
    expect(begun).toEqual([5_000, 10_000, 20_000, 40_000, 80_000]);
  });

  it('permit leak: a trial that comes back keeps the others from lapsing', () => {
    const breaker = opened({ recoveryTimeoutMs: 5_000, halfOpenLimit: 2, successThreshold: 9 });
    const [, trial] = [breaker.acquire(5_000), breaker.acquire(5_000)];
    breaker.succeed(trial as number, 9_999, 4_999);
    expect(trialsAt(breaker, 9_999)).toBe(1);
    expect(trialsAt(breaker, 14_998)).toBe(0);
    expect(trialsAt(breaker, 14_999)).toBe(2);
  });

  it('permit leak: a trial has a second, however short the open time', () => {
    const breaker = opened({ recoveryTimeoutMs: 0, halfOpenLimit: 1 });
    expect(trialsAt(breaker, 1)).toBe(1);
    expect(trialsAt(breaker, 1_000)).toBe(0);
    expect(trialsAt(breaker, 1_001)).toBe(1);
  });

  it('permit leak: a failure that comes after the trial has lapsed still opens', () => {
    const breaker = opened({ halfOpenLimit: 1 });
    const lapsed = breaker.acquire(1_000);
    breaker.acquire(2_000);
    breaker.fail(lapsed, 2_500, 1_500);
    expect(breaker.state).toMatchObject({ kind: 'open', openedAtMs: 2_500 });
  });

  // failsafe#391, denoland/std#7306; resilience4j's count has no bound.
  it('releasing a permit can over-grant: one trial settled twice frees one place', () => {
    const breaker = opened({ halfOpenLimit: 3, successThreshold: 9 });
    const [first] = [breaker.acquire(1_000), breaker.acquire(1_000), breaker.acquire(1_000)];
    breaker.cancel(first);
    breaker.cancel(first);
    breaker.succeed(first, 1_000, 0);
    expect(breaker.state).toEqual({ kind: 'half-open', trialsInFlight: 2, successCount: 0 });
    expect(trialsAt(breaker, 1_000)).toBe(1);
  });

  it('releasing a permit can over-grant: a success settled twice counts once', () => {
    const breaker = opened({ successThreshold: 2 });
    const trial = breaker.acquire(1_000);
    breaker.succeed(trial, 1_000, 0);
    breaker.succeed(trial, 1_000, 0);
    expect(breaker.state).toEqual({ kind: 'half-open', trialsInFlight: 0, successCount: 1 });
  });

  it('releasing a permit can over-grant: a lapsed trial has no place to give back', () => {
    const breaker = opened({ halfOpenLimit: 1 });
    const lapsed = breaker.acquire(1_000);
    breaker.acquire(2_000);
    breaker.cancel(lapsed);
    expect(breaker.state).toMatchObject({ trialsInFlight: 1 });
    expect(trialsAt(breaker, 2_000)).toBe(0);
  });

  it('releasing a permit can over-grant: no permit of another time, another breaker or none', () => {
    const breaker = new CircuitBreaker({ recoveryTimeoutMs: 1_000, halfOpenLimit: 1 });
    const closed = breaker.acquire(0);
    open(breaker, 0);
    const stale = breaker.acquire(1_000);
    breaker.fail(stale, 1_000, 0);
    const trial = breaker.acquire(2_000);
    const other = opened({ halfOpenLimit: 1 });
    const foreign = [other.acquire(1_000), new CircuitBreaker().acquire(0)];
    for (const permit of [closed, stale, ...foreign, REJECTED, 0, Number.NaN]) {
      breaker.cancel(permit);
      breaker.succeed(permit, 2_000, 0);
      breaker.fail(permit, 2_000, 0);
    }
    expect(breaker.state).toEqual({ kind: 'half-open', trialsInFlight: 1, successCount: 0 });
    breaker.cancel(trial);
    expect(breaker.state).toMatchObject({ trialsInFlight: 0 });
  });

  // opossum#276, resilience4j#597.
  it.each(DEMANDING_TRIPS)(
    'half-open verdict ignores the minimum of the closed state: one failure opens $kind',
    (trip) => {
      const breaker = opened({ trip });
      fail(breaker, 1_000);
      expect(breaker.state.kind).toBe('open');
    },
  );

  it.each(DEMANDING_TRIPS)(
    'half-open verdict ignores the minimum of the closed state: few successes close $kind',
    (trip) => {
      const breaker = opened({ trip, successThreshold: 2 });
      succeed(breaker, 1_000, 2);
      expect(breaker.state).toEqual({ kind: 'closed', failureCount: 0 });
    },
  );

  it.each(DEMANDING_TRIPS)(
    'half-open verdict ignores the minimum of the closed state: a slow success opens $kind',
    (trip) => {
      const breaker = opened({ trip, successThreshold: 2 });
      succeed(breaker, 1_000, 1, trip.slowCallMs + 1);
      expect(breaker.state.kind).toBe('open');
    },
  );

  // Polly closes on any outcome that it does not handle; smallrye#320.
  it('cancellation in half-open is neither success nor failure: it changes nothing', () => {
    const breaker = opened({ successThreshold: 2 });
    succeed(breaker, 1_000);
    for (let i = 0; i < 9; i += 1) breaker.cancel(breaker.acquire(1_000));
    expect(breaker.state).toEqual({ kind: 'half-open', trialsInFlight: 0, successCount: 1 });
  });

  // cockatiel's SamplingBreaker moves on by one bucket a call: it opens here.
  it('stale window after idle: four failures, five idle minutes, one failure: stays closed', () => {
    const trip = { ...TIME_WINDOW, windowMs: 30_000, minimumCalls: 5 };
    const breaker = new CircuitBreaker({ trip });
    fail(breaker, 0, 4);
    fail(breaker, 300_000);
    expect(breaker.state).toEqual({ kind: 'closed', failureCount: 1 });
  });

  it('stale window after idle: successes of long ago do not hide what fails now', () => {
    const breaker = new CircuitBreaker({ trip: { ...TIME_WINDOW, windowMs: 30_000 } });
    succeed(breaker, 0, 1_000);
    fail(breaker, 300_000, 4);
    expect(breaker.state.kind).toBe('open');
  });

  // resilience4j's time window empties itself; cockatiel's and Polly's breakers stay open for
  // longer; no library tests it.
  it.each(EVERY_TRIP)('clock backwards or jump: $kind goes on counting', (trip) => {
    const breaker = new CircuitBreaker({ trip });
    for (const nowMs of [HOUR_MS, 0, -HOUR_MS, -2 * HOUR_MS]) fail(breaker, nowMs);
    expect(breaker.state.kind).toBe('open');
  });

  it.each(EVERY_TRIP)('clock backwards or jump: $kind does not keep open for longer', (trip) => {
    const breaker = opened({ trip });
    expect(breaker.acquire(600)).toBe(REJECTED);
    expect(breaker.retryAfterMs(-HOUR_MS)).toBe(400);
    expect(breaker.acquire(-HOUR_MS)).toBe(REJECTED);
    expect(breaker.acquire(-HOUR_MS + 399)).toBe(REJECTED);
    expect(breaker.acquire(-HOUR_MS + 400)).not.toBe(REJECTED);
  });

  it.each(EVERY_TRIP)('clock backwards or jump: $kind is not held up by lost trials', (trip) => {
    const breaker = opened({ trip, halfOpenLimit: 1 });
    breaker.acquire(HOUR_MS);
    expect(breaker.acquire(0)).toBe(REJECTED);
    expect(breaker.acquire(1_000)).not.toBe(REJECTED);
  });

  it('clock backwards or jump: the time window neither forgets nor keeps for longer', () => {
    const breaker = new CircuitBreaker({ trip: TIME_WINDOW });
    fail(breaker, HOUR_MS, 2);
    fail(breaker, 0);
    expect(breaker.state).toEqual({ kind: 'closed', failureCount: 3 });
    fail(breaker, 1_000);
    expect(breaker.state).toEqual({ kind: 'closed', failureCount: 1 });
  });

  it('clock backwards or jump: no call has taken a negative time', () => {
    const breaker = new CircuitBreaker();
    breaker.succeed(breaker.acquire(0), 0, 30);
    breaker.succeed(breaker.acquire(0), -HOUR_MS, -HOUR_MS);
    breaker.fail(breaker.acquire(0), -HOUR_MS, -HOUR_MS);
    expect(breaker.metrics(-HOUR_MS)).toMatchObject({ averageResponseMs: 15, averageFailureMs: 0 });
  });

  it('window edge: a rate that is reached opens, one that is just missed does not', () => {
    const trip = { kind: 'count-window', size: 10, failureRate: 0.3 } as const;
    for (const [failures, state] of [
      [2, 'closed'],
      [3, 'open'],
    ] as const) {
      const breaker = new CircuitBreaker({ trip });
      fail(breaker, 0, failures);
      succeed(breaker, 0, 10 - failures);
      expect(breaker.state.kind).toBe(state);
    }
  });

  it('window edge: a call leaves the time window exactly when its tenth does', () => {
    for (const [nowMs, failureCount] of [
      [999, 2],
      [1_000, 1],
    ] as const) {
      const breaker = new CircuitBreaker({ trip: TIME_WINDOW });
      fail(breaker, 0);
      fail(breaker, nowMs);
      expect(breaker.state).toEqual({ kind: 'closed', failureCount });
    }
  });

  it('window edge: at the boundary a call belongs to the tenth that begins', () => {
    const breaker = new CircuitBreaker({ trip: TIME_WINDOW });
    succeed(breaker, 0);
    fail(breaker, 100);
    succeed(breaker, 1_099);
    expect(breaker.state).toEqual({ kind: 'closed', failureCount: 1 });
    succeed(breaker, 1_100);
    expect(breaker.state).toEqual({ kind: 'closed', failureCount: 0 });
  });

  it('window edge: open ends at the very millisecond', () => {
    const breaker = opened();
    expect([breaker.acquire(999), breaker.acquire(1_000)]).toEqual([REJECTED, expect.any(Number)]);
  });

  // opossum#385 lost the timer; Polly#219.
  it.each(EVERY_TRIP)('opening twice: $kind opens once, and the wait is not begun anew', (trip) => {
    const changes: string[] = [];
    const breaker = new CircuitBreaker({
      trip,
      recoveryTimeoutMs: 1_000,
      onTransition: (from, to, nowMs) => changes.push(`${from} > ${to} at ${nowMs}`),
    });
    const permits = Array.from({ length: 9 }, () => breaker.acquire(0));
    permits.forEach((permit, nowMs) => {
      breaker.fail(permit, nowMs, 0);
    });
    expect(changes).toHaveLength(1);
    const openedAtMs = Number(changes[0]?.split(' at ')[1]);
    expect(breaker.retryAfterMs(9)).toBe(openedAtMs + 1_000 - 9);
  });

  it('opening twice: trials that fail together open it once, and the time grows once', () => {
    const changes: string[] = [];
    const breaker = opened({
      recoveryFactor: 10,
      onTransition: (_, to, nowMs) => changes.push(`${to} at ${nowMs}`),
    });
    const trials = [1, 2, 3].map(() => breaker.acquire(1_000));
    trials.forEach((trial, i) => {
      breaker.fail(trial, 1_001 + i, 0);
    });
    expect(changes).toEqual(['open at 0', 'half-open at 1000', 'open at 1001']);
    expect(breaker.retryAfterMs(1_001)).toBe(10_000);
  });

  // Polly: CircuitStateControllerTests, RetryHelperTests.
  it('duration overflow: however often it opens again, the open time stays at the most', () => {
    const breaker = opened({ recoveryFactor: 1e300, maxRecoveryTimeoutMs: 60_000 });
    for (let i = 1; i <= 2_000; i += 1) {
      const { state } = breaker;
      const nowMs = state.kind === 'open' ? state.retryAtMs : Number.NaN;
      fail(breaker, nowMs);
      expect(breaker.retryAfterMs(nowMs)).toBe(60_000);
    }
  });

  it('duration overflow: the longest times that there are do not turn negative', () => {
    const breaker = opened({ recoveryTimeoutMs: Number.MAX_VALUE, recoveryFactor: 2 });
    expect(breaker.acquire(1e15)).toBe(REJECTED);
    expect(breaker.retryAfterMs(0)).toBe(Number.MAX_VALUE);
  });

  it('duration overflow: isolated is for ever', () => {
    const breaker = new CircuitBreaker();
    breaker.isolate(0);
    expect(breaker.acquire(Number.MAX_VALUE)).toBe(REJECTED);
    expect(breaker.retryAfterMs(0)).toBe(Number.POSITIVE_INFINITY);
  });

  // gobreaker: TestPanicInRequest. Calls and predicates that throw are for the shell to settle.
  it('throw in listeners: the change is made, and the call counted, all the same', () => {
    const breaker = new CircuitBreaker({
      trip: { kind: 'consecutive', failureThreshold: 1 },
      recoveryTimeoutMs: 1_000,
      successThreshold: 1,
      onTransition: (_, to) => {
        throw new Error(to);
      },
    });
    expect(() => fail(breaker, 0)).toThrow('open');
    expect(breaker.metrics(0)).toMatchObject({ state: 'open', totalCalls: 1 });
    expect(() => breaker.acquire(1_000)).toThrow('half-open');
    expect(() => succeed(breaker, 1_000)).toThrow('closed');
    expect(breaker.metrics(1_000)).toMatchObject({ state: 'closed', totalCalls: 2 });
    expect(() => breaker.isolate(1_000)).toThrow('isolated');
    expect(breaker.state.kind).toBe('isolated');
  });

  it('throw in listeners: it takes no permit', () => {
    const breaker = opened({
      halfOpenLimit: 1,
      onTransition: (_, to) => {
        if (to === 'half-open') throw new Error('listener');
      },
    });
    expect(() => breaker.acquire(1_000)).toThrow('listener');
    expect(trialsAt(breaker, 1_000)).toBe(1);
  });

  it('throw in listeners: one that changes the state itself is obeyed at once', () => {
    const isolating: CircuitBreaker = opened({
      onTransition: (_, to, nowMs) => {
        if (to === 'half-open') isolating.isolate(nowMs);
      },
    });
    expect(isolating.acquire(1_000)).toBe(REJECTED);
    const resetting: CircuitBreaker = opened({
      onTransition: (_, to, nowMs) => {
        if (to === 'half-open') resetting.reset(nowMs);
      },
    });
    resetting.fail(resetting.acquire(1_000), 1_000, 0);
    expect(resetting.state).toEqual({ kind: 'closed', failureCount: 1 });
  });

  // cockatiel, resilience4j; Polly#1578 threw when it was reloaded while calls were in flight.
  it('manual isolate wins over every automatic transition: results of calls in flight', () => {
    const breaker = new CircuitBreaker({ trip: { kind: 'leaky', failureThreshold: 1 } });
    const [success, failure] = [breaker.acquire(0), breaker.acquire(0)];
    breaker.isolate(0);
    breaker.succeed(success, 1, 1);
    breaker.fail(failure, 1, 1);
    expect(breaker.state).toEqual({ kind: 'isolated' });
  });

  it('manual isolate wins over every automatic transition: results of trials', () => {
    for (const end of ['succeed', 'fail'] as const) {
      const breaker = opened({ successThreshold: 1 });
      const trial = breaker.acquire(1_000);
      breaker.isolate(1_000);
      breaker[end](trial, 1_001, 1);
      expect(breaker.state).toEqual({ kind: 'isolated' });
    }
  });

  it('manual isolate wins over every automatic transition: the end of the open time', () => {
    const breaker = opened();
    breaker.isolate(0);
    expect(breaker.acquire(HOUR_MS)).toBe(REJECTED);
    expect(breaker.state).toEqual({ kind: 'isolated' });
  });

  it('manual isolate wins over every automatic transition: only a reset ends it', () => {
    const breaker = opened();
    const late = breaker.acquire(1_000);
    breaker.isolate(1_000);
    breaker.reset(2_000);
    breaker.fail(late, 2_000, 1_000);
    expect(breaker.state).toEqual({ kind: 'closed', failureCount: 0 });
  });

  it('manual isolate wins over every automatic transition: reload with calls in flight', () => {
    const before = opened({ successThreshold: 1 });
    const trial = before.acquire(1_000);
    const restore = { snapshot: before.snapshot(1_000), nowMs: 1_000 };
    const after = new CircuitBreaker({ recoveryTimeoutMs: 1_000, halfOpenLimit: 1, restore });
    after.acquire(1_000);
    after.cancel(trial);
    after.succeed(trial, 1_001, 1);
    after.fail(trial, 1_001, 1);
    expect(after.state).toEqual({ kind: 'half-open', trialsInFlight: 1, successCount: 0 });
  });

  // cockatiel: the backoff attempt is kept.

  it('restored state: half-open has no trials in flight, and opens for the next longer time', () => {
    const original = opened(GROWING);
    fail(original, 1_000);
    succeed(original, 3_000);
    original.acquire(3_000);
    const breaker = restoredAt0(original.snapshot(3_000));
    expect(breaker.state).toEqual({ kind: 'half-open', trialsInFlight: 0, successCount: 1 });
    fail(breaker, 0);
    expect(breaker.retryAfterMs(0)).toBe(4_000);
  });

  it('restored state: open for as long as was left, and then for the next longer time', () => {
    const original = opened(GROWING);
    fail(original, 1_000);
    const breaker = restoredAt0(original.snapshot(1_500));
    expect(breaker.retryAfterMs(0)).toBe(1_500);
    fail(breaker, 1_500);
    expect(breaker.retryAfterMs(1_500)).toBe(4_000);
  });

  // opossum's rate is failures by all that was asked for, rejected calls included.
  it('minimum volume counts admitted calls only: no rejected or cancelled one', () => {
    for (const trip of [COUNT_WINDOW, TIME_WINDOW]) {
      const breaker = new CircuitBreaker({ trip });
      fail(breaker, 0, 3);
      for (let i = 0; i < 9; i += 1) breaker.cancel(breaker.acquire(0));
      breaker.succeed(REJECTED, 0, 0);
      breaker.fail(REJECTED, 0, 0);
      expect(breaker.metrics(0)).toMatchObject({ state: 'closed', totalCalls: 3 });
      fail(breaker, 0);
      expect(breaker.state.kind).toBe('open');
      for (let i = 0; i < 9; i += 1) breaker.acquire(0);
      expect(breaker.metrics(0)).toMatchObject({ recentCalls: 4, successRatePercent: 0 });
    }
  });
});
