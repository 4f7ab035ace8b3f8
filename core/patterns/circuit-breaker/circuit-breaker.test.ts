import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { REJECTED } from '../common/rejected.ts';
import { CircuitBreaker } from './circuit-breaker.ts';
import { CircuitOpenError } from './circuit-open-error.ts';
import type { TripOptions } from './trip.ts';

const CALL_MS = 10;

/** Opens a fresh breaker at `nowMs` by failing calls one after the other. */
function open(breaker: CircuitBreaker, nowMs: number): void {
  while (breaker.state.kind !== 'open') breaker.fail(breaker.acquire(nowMs), nowMs, CALL_MS);
}

describe('CircuitBreaker while closed', () => {
  it('opens when the failure count reaches the threshold of five', () => {
    const breaker = new CircuitBreaker();
    for (let failures = 0; failures < 5; failures += 1) {
      expect(breaker.state).toEqual({ kind: 'closed', failureCount: failures });
      breaker.fail(breaker.acquire(7), 7, CALL_MS);
    }
    expect(breaker.state).toEqual({ kind: 'open', openedAtMs: 7, retryAtMs: 60_007 });
  });

  it('lowers the failure count by one with each success, never below zero', () => {
    const breaker = new CircuitBreaker({ trip: { kind: 'leaky', failureThreshold: 3 } });
    breaker.succeed(breaker.acquire(0), 0, CALL_MS);
    expect(breaker.state).toEqual({ kind: 'closed', failureCount: 0 });
    breaker.fail(breaker.acquire(0), 0, CALL_MS);
    breaker.fail(breaker.acquire(0), 0, CALL_MS);
    breaker.succeed(breaker.acquire(0), 0, CALL_MS);
    expect(breaker.state).toEqual({ kind: 'closed', failureCount: 1 });
    breaker.fail(breaker.acquire(0), 0, CALL_MS);
    expect(breaker.state.kind).toBe('closed');
    breaker.fail(breaker.acquire(0), 0, CALL_MS);
    expect(breaker.state.kind).toBe('open');
  });

  it('counts a cancelled call neither way', () => {
    const breaker = new CircuitBreaker();
    breaker.fail(breaker.acquire(0), 0, CALL_MS);
    breaker.cancel(breaker.acquire(0));
    expect(breaker.state).toEqual({ kind: 'closed', failureCount: 1 });
    expect(breaker.metrics(0).totalCalls).toBe(1);
  });
});

describe('CircuitBreaker while open', () => {
  it('rejects until the recovery timeout has passed, then goes half-open at that very moment', () => {
    const breaker = new CircuitBreaker({ recoveryTimeoutMs: 30_000 });
    open(breaker, 1_000);
    expect(breaker.acquire(1_000)).toBe(REJECTED);
    expect(breaker.acquire(30_999)).toBe(REJECTED);
    expect(breaker.state.kind).toBe('open');
    expect(breaker.acquire(31_000)).not.toBe(REJECTED);
    expect(breaker.state.kind).toBe('half-open');
  });

  it('lets a trial through exactly at the time it announces, whatever the rounding', () => {
    fc.assert(
      fc.property(fc.double({ min: 0, max: 1e9, noNaN: true }), (openedAtMs) => {
        const breaker = new CircuitBreaker({ recoveryTimeoutMs: 0.1 });
        open(breaker, openedAtMs);
        const { state } = breaker;
        const retryAtMs = state.kind === 'open' ? state.retryAtMs : Number.NaN;
        expect(breaker.acquire(retryAtMs)).not.toBe(REJECTED);
      }),
    );
  });

  it('says how long until the next trial', () => {
    const breaker = new CircuitBreaker();
    expect(breaker.retryAfterMs(0)).toBe(0);
    open(breaker, 1_000);
    expect(breaker.retryAfterMs(21_000)).toBe(40_000);
    expect(breaker.retryAfterMs(90_000)).toBe(0);
    breaker.acquire(90_000);
    expect(breaker.retryAfterMs(90_000)).toBe(0);
  });

  it('is opened once by failures that arrive together, and the later ones do not prolong it', () => {
    const changes: string[] = [];
    const breaker = new CircuitBreaker({
      onTransition: (from, to, nowMs) => changes.push(`${from} > ${to} at ${nowMs}`),
    });
    const permits = Array.from({ length: 8 }, () => breaker.acquire(0));
    permits.forEach((permit, i) => {
      breaker.fail(permit, i, CALL_MS);
    });
    expect(changes).toEqual(['closed > open at 4']);
    expect(breaker.retryAfterMs(4)).toBe(60_000);
  });

  it('is not locked by a clock that steps back', () => {
    const breaker = new CircuitBreaker({ recoveryTimeoutMs: 30_000 });
    open(breaker, 86_400_000);
    expect(breaker.retryAfterMs(0)).toBe(30_000);
    expect(breaker.acquire(0)).toBe(REJECTED);
    expect(breaker.acquire(29_999)).toBe(REJECTED);
    expect(breaker.acquire(30_000)).not.toBe(REJECTED);
  });
});

describe('CircuitBreaker while half-open', () => {
  function halfOpen(options: { successThreshold?: number; halfOpenLimit?: number } = {}) {
    const breaker = new CircuitBreaker({ recoveryTimeoutMs: 1_000, ...options });
    open(breaker, 0);
    return breaker;
  }

  it('closes after three successes and forgets the failures', () => {
    const breaker = halfOpen();
    breaker.succeed(breaker.acquire(1_000), 1_010, CALL_MS);
    breaker.succeed(breaker.acquire(1_020), 1_030, CALL_MS);
    expect(breaker.state).toEqual({ kind: 'half-open', trialsInFlight: 0, successCount: 2 });
    breaker.succeed(breaker.acquire(1_040), 1_050, CALL_MS);
    expect(breaker.state).toEqual({ kind: 'closed', failureCount: 0 });
  });

  it('reopens at any failure, and waits the whole timeout again', () => {
    const breaker = halfOpen();
    breaker.succeed(breaker.acquire(1_000), 1_010, CALL_MS);
    breaker.fail(breaker.acquire(1_020), 1_500, CALL_MS);
    expect(breaker.state).toEqual({ kind: 'open', openedAtMs: 1_500, retryAtMs: 2_500 });
    breaker.acquire(2_500);
    expect(breaker.state).toEqual({ kind: 'half-open', trialsInFlight: 1, successCount: 0 });
  });

  it('limits concurrent trials to the success threshold by default', () => {
    const breaker = halfOpen({ successThreshold: 2 });
    expect(breaker.acquire(1_000)).not.toBe(REJECTED);
    expect(breaker.acquire(1_000)).not.toBe(REJECTED);
    expect(breaker.acquire(1_000)).toBe(REJECTED);
  });

  it('limits concurrent trials to the limit that is set', () => {
    const breaker = halfOpen({ halfOpenLimit: 1 });
    const trial = breaker.acquire(1_000);
    expect(breaker.acquire(1_000)).toBe(REJECTED);
    breaker.succeed(trial, 1_000, CALL_MS);
    expect(breaker.acquire(1_000)).not.toBe(REJECTED);
  });

  it('gives the place of a cancelled trial to another, and counts it neither way', () => {
    const breaker = halfOpen({ halfOpenLimit: 1 });
    breaker.cancel(breaker.acquire(1_000));
    expect(breaker.state).toEqual({ kind: 'half-open', trialsInFlight: 0, successCount: 0 });
    expect(breaker.acquire(1_000)).not.toBe(REJECTED);
  });

  it('has all places free again after it was open in between', () => {
    const breaker = halfOpen({ successThreshold: 2 });
    const [trial] = [breaker.acquire(1_000), breaker.acquire(1_000)];
    breaker.fail(trial, 1_000, CALL_MS);
    breaker.acquire(2_000);
    expect(breaker.state).toEqual({ kind: 'half-open', trialsInFlight: 1, successCount: 0 });
  });

  it('makes no extra place when a trial is settled twice', () => {
    const breaker = halfOpen({ successThreshold: 3, halfOpenLimit: 1 });
    const trial = breaker.acquire(1_000);
    breaker.cancel(trial);
    breaker.cancel(trial);
    breaker.succeed(trial, 1_000, CALL_MS);
    expect(breaker.state).toEqual({ kind: 'half-open', trialsInFlight: 0, successCount: 0 });
  });

  it('ignores results of calls that were permitted before', () => {
    const breaker = new CircuitBreaker({ recoveryTimeoutMs: 1_000 });
    const [lateSuccess, lateFailure] = [breaker.acquire(0), breaker.acquire(0)];
    open(breaker, 0);
    const trial = breaker.acquire(1_000);
    breaker.succeed(lateSuccess, 1_001, CALL_MS);
    breaker.fail(lateFailure, 1_001, CALL_MS);
    breaker.cancel(lateFailure);
    expect(breaker.state).toEqual({ kind: 'half-open', trialsInFlight: 1, successCount: 0 });
    breaker.fail(trial, 1_002, CALL_MS);
    const later = breaker.acquire(2_002);
    breaker.succeed(trial, 2_003, CALL_MS);
    expect(breaker.state).toEqual({ kind: 'half-open', trialsInFlight: 1, successCount: 0 });
    expect(later).not.toBe(trial);
  });
});

describe('CircuitBreaker that opens again', () => {
  const options = { recoveryTimeoutMs: 100, recoveryFactor: 2, successThreshold: 1 };

  it('stays open for longer each time in a row, up to the most', () => {
    const breaker = new CircuitBreaker({ ...options, maxRecoveryTimeoutMs: 500 });
    open(breaker, 0);
    const waits: number[] = [];
    for (let nowMs = 0; waits.length < 5; ) {
      const waitMs = breaker.retryAfterMs(nowMs);
      waits.push(waitMs);
      expect(breaker.acquire(nowMs + waitMs - 1)).toBe(REJECTED);
      nowMs += waitMs;
      breaker.fail(breaker.acquire(nowMs), nowMs, CALL_MS);
    }
    expect(waits).toEqual([100, 200, 400, 500, 500]);
  });

  it('begins with the first wait again once it has closed, by itself or by hand', () => {
    for (const byHand of [false, true]) {
      const breaker = new CircuitBreaker(options);
      open(breaker, 0);
      breaker.fail(breaker.acquire(100), 100, CALL_MS);
      expect(breaker.retryAfterMs(100)).toBe(200);
      if (byHand) breaker.reset(300);
      else breaker.succeed(breaker.acquire(300), 300, CALL_MS);
      open(breaker, 300);
      expect(breaker.retryAfterMs(300)).toBe(100);
    }
  });
});

describe('CircuitBreaker by hand', () => {
  function listened() {
    const changes: string[] = [];
    const breaker = new CircuitBreaker({
      trip: { kind: 'leaky', failureThreshold: 2 },
      recoveryTimeoutMs: 100,
      onTransition: (from, to, nowMs) => changes.push(`${from} > ${to} at ${nowMs}`),
    });
    return { breaker, changes };
  }

  it('is isolated until it is reset', () => {
    const { breaker, changes } = listened();
    breaker.isolate(1);
    breaker.isolate(2);
    expect(breaker.state).toEqual({ kind: 'isolated' });
    expect(breaker.acquire(1e9)).toBe(REJECTED);
    expect(breaker.retryAfterMs(1e9)).toBe(Number.POSITIVE_INFINITY);
    expect(breaker.metrics(1e9).state).toBe('isolated');
    breaker.reset(1e9);
    expect(breaker.acquire(1e9)).not.toBe(REJECTED);
    expect(changes).toEqual(['closed > isolated at 1', 'isolated > closed at 1000000000']);
  });

  it('is closed by a reset, open or half-open', () => {
    for (const untilMs of [50, 100]) {
      const { breaker, changes } = listened();
      open(breaker, 0);
      breaker.acquire(untilMs);
      const from = breaker.state.kind;
      breaker.reset(untilMs);
      expect(breaker.state).toEqual({ kind: 'closed', failureCount: 0 });
      expect(changes.at(-1)).toBe(`${from} > closed at ${untilMs}`);
    }
  });

  it('forgets by a reset what it has counted, calls in flight included, and tells nobody', () => {
    const { breaker, changes } = listened();
    const late = breaker.acquire(0);
    breaker.fail(breaker.acquire(0), 0, CALL_MS);
    breaker.reset(0);
    breaker.fail(late, 0, CALL_MS);
    expect(breaker.state).toEqual({ kind: 'closed', failureCount: 0 });
    expect(changes).toEqual([]);
  });
});

describe('CircuitBreaker', () => {
  it('tells about every change after it is done', () => {
    const seen: unknown[] = [];
    const breaker: CircuitBreaker = new CircuitBreaker({
      trip: { kind: 'leaky', failureThreshold: 1 },
      recoveryTimeoutMs: 100,
      successThreshold: 1,
      onTransition: (from, to, nowMs) => seen.push([from, to, nowMs, breaker.state.kind]),
    });
    breaker.fail(breaker.acquire(1), 1, CALL_MS);
    breaker.succeed(breaker.acquire(101), 102, CALL_MS);
    expect(seen).toEqual([
      ['closed', 'open', 1, 'open'],
      ['open', 'half-open', 101, 'half-open'],
      ['half-open', 'closed', 102, 'closed'],
    ]);
  });

  it('takes no trial’s place when the listener throws', () => {
    const breaker = new CircuitBreaker({
      trip: { kind: 'leaky', failureThreshold: 1 },
      recoveryTimeoutMs: 100,
      halfOpenLimit: 1,
      onTransition: (_, to) => {
        if (to === 'half-open') throw new Error('listener');
      },
    });
    open(breaker, 0);
    expect(() => breaker.acquire(100)).toThrow('listener');
    expect(breaker.acquire(100)).not.toBe(REJECTED);
  });

  it.each([
    { recoveryTimeoutMs: -1 },
    { recoveryTimeoutMs: Number.POSITIVE_INFINITY },
    { successThreshold: 0 },
    { resetIntervalMs: 0 },
    { halfOpenLimit: 0 },
  ])('refuses %j', (options) => {
    const [name = ''] = Object.keys(options);
    expect(() => new CircuitBreaker(options)).toThrow(RangeError);
    expect(() => new CircuitBreaker(options)).toThrow(name);
  });

  it('rejects with an error that carries name, state and time to the next trial', () => {
    const error = new CircuitOpenError('payments', 'open', 12_500);
    expect(error).toMatchObject({ breaker: 'payments', state: 'open', retryAfterMs: 12_500 });
    expect(error.message).toBe("Circuit breaker 'payments' is open: next trial in 12.5s");
    expect(new CircuitOpenError('payments', 'half-open', 0).message).toBe(
      "Circuit breaker 'payments' is half-open: all trials are taken",
    );
    expect(new CircuitOpenError('payments', 'isolated', Number.POSITIVE_INFINITY).message).toBe(
      "Circuit breaker 'payments' is isolated: until it is reset by hand",
    );
  });

  it('rejects with a message of its own each time', () => {
    const message = (breaker: string, retryAfterMs: number) =>
      new CircuitOpenError(breaker, 'open', retryAfterMs).message;
    expect(message('a', 1_000.4)).toBe(message('a', 1_000));
    expect(message('a', 1_000)).toContain("'a' is open: next trial in 1s");
    expect(message('b', 1_000)).toContain("'b' is open: next trial in 1s");
    expect(message('b', 0.25)).toContain("'b' is open: next trial in 0.25ms");
    expect(message('b', 0.5)).toContain("'b' is open: next trial in 0.5ms");
    expect(message('b', 0)).toContain("'b' is open: next trial in 0ms");
    expect(new CircuitOpenError('b', 'half-open', 0).message).toContain("'b' is half-open");
  });

  it('refuses a trip that there is none of', () => {
    const trip = { kind: 'hair', failureThreshold: 1 } as unknown as TripOptions;
    expect(() => new CircuitBreaker({ trip })).toThrow("There is no trip of the kind 'hair'");
  });
});

describe('CircuitBreaker.metrics', () => {
  it('covers the calls of the last five minutes that ended', () => {
    const breaker = new CircuitBreaker();
    breaker.fail(breaker.acquire(0), 0, 999);
    breaker.succeed(breaker.acquire(400_000), 400_000, 20);
    breaker.succeed(breaker.acquire(400_000), 400_000, 40);
    breaker.succeed(breaker.acquire(400_000), 400_000, 60);
    breaker.fail(breaker.acquire(400_000), 400_000, 2_000);
    expect(breaker.metrics(400_000)).toEqual({
      state: 'closed',
      failureCount: 1,
      successRatePercent: 75,
      averageResponseMs: 40,
      averageFailureMs: 2_000,
      recentCalls: 4,
      totalCalls: 5,
    });
  });

  it('is all zeros without recent calls', () => {
    const breaker = new CircuitBreaker();
    breaker.succeed(breaker.acquire(0), 0, 20);
    expect(breaker.metrics(300_000)).toEqual({
      state: 'closed',
      failureCount: 0,
      successRatePercent: 0,
      averageResponseMs: 0,
      averageFailureMs: 0,
      recentCalls: 0,
      totalCalls: 1,
    });
  });

  it('keeps the failure count of an open breaker, and does not count rejected calls', () => {
    const breaker = new CircuitBreaker({ trip: { kind: 'leaky', failureThreshold: 2 } });
    open(breaker, 0);
    breaker.acquire(1);
    expect(breaker.metrics(1)).toMatchObject({ state: 'open', failureCount: 2, totalCalls: 2 });
  });

  it('adds the failures of trials to the failure count', () => {
    const breaker = new CircuitBreaker({ recoveryTimeoutMs: 100 });
    open(breaker, 0);
    breaker.fail(breaker.acquire(100), 100, CALL_MS);
    expect(breaker.metrics(100)).toMatchObject({ state: 'open', failureCount: 6 });
  });
});
