import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { REJECTED } from '../common/rejected.ts';
import { RateLimitedError } from './rate-limited-error.ts';
import { RateLimiter } from './rate-limiter.ts';

function takeMany(limiter: RateLimiter, nowMs: number, count: number): number[] {
  return Array.from({ length: count }, () => limiter.take(nowMs));
}

function admitted(limiter: RateLimiter, nowMs: number, asked = 1_000): number {
  return takeMany(limiter, nowMs, asked).filter((waitMs) => waitMs !== REJECTED).length;
}

describe('RateLimiter', () => {
  it('lets a burst through at once, and then one call for each interval', () => {
    const limiter = new RateLimiter({ ratePerSecond: 10, burst: 3 });
    expect(takeMany(limiter, 0, 4)).toEqual([0, 0, 0, REJECTED]);
    expect(limiter.take(99)).toBe(REJECTED);
    expect(takeMany(limiter, 100, 2)).toEqual([0, REJECTED]);
    expect(takeMany(limiter, 350, 3)).toEqual([0, 0, REJECTED]);
  });

  it('saves no more than a burst, however long nobody calls', () => {
    for (const idleMs of [300, 301, 86_400_000, 1e15]) {
      const limiter = new RateLimiter({ ratePerSecond: 10, burst: 3 });
      admitted(limiter, 0);
      expect(admitted(limiter, idleMs)).toBe(3);
    }
  });

  it('tells a call how long to wait, up to the longest wait', () => {
    const limiter = new RateLimiter({ ratePerSecond: 10, burst: 1, maxWaitMs: 250 });
    expect(takeMany(limiter, 0, 4)).toEqual([0, 100, 200, REJECTED]);
    expect(limiter.take(50)).toBe(250);
  });

  it('takes nothing for a call that it rejects', () => {
    const limiter = new RateLimiter({ ratePerSecond: 1, burst: 1 });
    takeMany(limiter, 0, 100);
    expect(limiter.take(1_000)).toBe(0);
  });

  it('moves those who wait up by one when one of them gives up', () => {
    const limiter = new RateLimiter({ ratePerSecond: 10, burst: 1, maxWaitMs: 1_000 });
    expect(takeMany(limiter, 0, 4)).toEqual([0, 100, 200, 300]);
    limiter.giveBack(50);
    expect(limiter.take(50)).toBe(250);
  });

  it('cannot be given back more than it holds', () => {
    const limiter = new RateLimiter({ ratePerSecond: 10, burst: 2 });
    limiter.take(0);
    for (let i = 0; i < 5; i += 1) limiter.giveBack(10);
    expect(admitted(limiter, 10)).toBe(2);
  });

  it('says after how long a call is no longer rejected', () => {
    const limiter = new RateLimiter({ ratePerSecond: 10, burst: 1, maxWaitMs: 150 });
    expect(limiter.retryAfterMs(0)).toBe(0);
    takeMany(limiter, 0, 2);
    expect(limiter.retryAfterMs(10)).toBe(40);
    expect(limiter.take(49)).toBe(REJECTED);
    expect(limiter.take(50)).toBe(150);
  });

  it('stays exact for as long as it is busy', () => {
    // A third of a second cannot be written down, and 1.7e12 ms have steps of 0.0002 ms.
    const limiter = new RateLimiter({ ratePerSecond: 3, burst: 2 });
    let calls = admitted(limiter, 1.7e12);
    for (let at = 1; at <= 300_000; at += 1) calls += admitted(limiter, 1.7e12 + at * 100, 2);
    expect(calls).toBe(2 + 90_000);
  });

  it('neither gives nor keeps tokens because the clock stepped back', () => {
    const limiter = new RateLimiter({ ratePerSecond: 10, burst: 2 });
    expect(admitted(limiter, 86_400_000)).toBe(2);
    expect(limiter.take(86_400_060)).toBe(REJECTED);
    expect(limiter.retryAfterMs(0)).toBe(40);
    expect(limiter.take(39)).toBe(REJECTED);
    expect(limiter.take(40)).toBe(0);
  });

  it('fills on from a step back that it saw when something was given back', () => {
    const limiter = new RateLimiter({ ratePerSecond: 10, burst: 3 });
    expect(admitted(limiter, 86_400_000)).toBe(3);
    limiter.giveBack(86_399_900);
    expect(admitted(limiter, 86_400_000)).toBe(2);
  });

  it('neither rejects nor delays a call because of what its clock rounds off', () => {
    // Times since 1970 come in steps of 0.0002 ms, so the third of a second is 0.00008 ms short.
    const [startMs, thirdMs] = [1.7e12, 1.7e12 + 1_000 / 3];
    const strict = new RateLimiter({ ratePerSecond: 3, burst: 1 });
    strict.take(startMs);
    expect(strict.retryAfterMs(thirdMs)).toBe(0);
    expect(strict.take(thirdMs)).toBe(0);
    const patient = new RateLimiter({ ratePerSecond: 3, burst: 1, maxWaitMs: 333 });
    patient.take(startMs);
    expect(patient.take(thirdMs - 333)).toBe(333);
    expect(patient.take(startMs + 2_000 / 3)).toBe(0);
  });

  it('works with times before its first one', () => {
    const limiter = new RateLimiter({ ratePerSecond: 10, burst: 2 });
    expect(admitted(limiter, -5_000)).toBe(2);
    expect(admitted(limiter, -4_900)).toBe(1);
  });

  it('knows rates that hardly ever let anything through', () => {
    const limiter = new RateLimiter({ ratePerSecond: Number.MIN_VALUE, burst: 2 });
    expect(takeMany(limiter, 0, 3)).toEqual([0, 0, REJECTED]);
    expect(limiter.take(1e15)).toBe(REJECTED);
  });

  it.each([
    { ratePerSecond: 0 },
    { ratePerSecond: Number.POSITIVE_INFINITY },
    { burst: 0 },
    { burst: 1.5 },
    { maxWaitMs: -1 },
  ])('refuses %j', (options) => {
    expect(() => new RateLimiter({ ratePerSecond: 1, burst: 1, ...options })).toThrow(RangeError);
  });

  it('has an error that says which limiter it was, and until when', () => {
    const error = new RateLimitedError('partners', 250);
    expect(error).toMatchObject({
      name: 'RateLimitedError',
      limiter: 'partners',
      retryAfterMs: 250,
    });
    expect(error.message).toBe("Rate limiter 'partners' is exhausted: next call in 250ms");
  });
});

describe('any history of a RateLimiter', () => {
  const step = fc.record({
    do: fc.constantFrom('take', 'take', 'take', 'give up', 'look'),
    waiter: fc.nat(20),
    ms: fc.oneof(
      { weight: 9, arbitrary: fc.double({ min: 0, max: 300, noNaN: true }) },
      fc.double({ min: -5_000, max: 0, noNaN: true }),
    ),
  });
  const options = fc.record({
    ratePerSecond: fc.constantFrom(3, 10, 77.7),
    burst: fc.integer({ min: 1, max: 4 }),
    maxWaitMs: fc.constantFrom(0, 200, 1_000),
  });

  /** Those who wait, in the order in which they came, and the turns for which they wait. */
  function play(
    {
      ratePerSecond,
      burst,
      maxWaitMs,
    }: { ratePerSecond: number; burst: number; maxWaitMs: number },
    steps: readonly { do: string; waiter: number; ms: number }[],
  ) {
    const limiter = new RateLimiter({ ratePerSecond, burst, maxWaitMs });
    const went: { who: number; atMs: number }[] = [];
    const waiting: number[] = [];
    const turns: number[] = [];
    let clockMs = 1_000;
    let elapsedMs = 0;
    for (const [who, { do: action, waiter, ms }] of steps.entries()) {
      clockMs += ms;
      elapsedMs += Math.max(0, ms);
      const retryAfterMs = limiter.retryAfterMs(clockMs);
      while (turns[0] !== undefined && turns[0] <= elapsedMs)
        went.push({ who: waiting.shift() ?? Number.NaN, atMs: turns.shift() ?? Number.NaN });
      if (action === 'give up' && waiting.length > 0) {
        waiting.splice(waiter % waiting.length, 1);
        turns.pop();
        limiter.giveBack(clockMs);
      } else if (action === 'take') {
        const waitMs = limiter.take(clockMs);
        expect(waitMs === REJECTED).toBe(retryAfterMs > 0);
        if (waitMs === REJECTED) continue;
        expect(waitMs).toBeLessThanOrEqual(maxWaitMs);
        waiting.push(who);
        turns.push(elapsedMs + waitMs);
      }
    }
    for (const [index, who] of waiting.entries())
      went.push({ who, atMs: turns[index] ?? Number.NaN });
    return went;
  }

  it('has no more calls in any stretch of time than a burst and its share of the rate', () => {
    fc.assert(
      fc.property(options, fc.array(step, { maxLength: 150 }), (limits, steps) => {
        const times = play(limits, steps).map(({ atMs }) => atMs);
        for (const [first, startMs] of times.entries()) {
          for (const [last, endMs] of times.entries()) {
            const share = ((endMs - startMs) / 1_000) * limits.ratePerSecond;
            expect(last - first + 1).toBeLessThanOrEqual(
              last < first ? 1 : limits.burst + share + 1e-3,
            );
          }
        }
      }),
    );
  });

  it('lets nobody go before one who came earlier', () => {
    fc.assert(
      fc.property(options, fc.array(step, { maxLength: 150 }), (limits, steps) => {
        const went = play(limits, steps);
        expect(went.map(({ who }) => who)).toEqual(
          went.map(({ who }) => who).sort((a, b) => a - b),
        );
        for (const [index, { atMs }] of went.entries())
          expect(atMs).toBeGreaterThanOrEqual(went[index - 1]?.atMs ?? 0);
      }),
    );
  });

  it('wastes nothing: asked all the time, it lets through all that the rate allows', () => {
    fc.assert(
      fc.property(options, fc.integer({ min: 1, max: 10_000 }), (limits, lengthMs) => {
        // With room for one token only, part of it is lost between two calls.
        const burst = limits.burst + 1;
        const limiter = new RateLimiter({ ...limits, burst, maxWaitMs: 0 });
        let calls = admitted(limiter, 0);
        for (let nowMs = 1; nowMs <= lengthMs; nowMs += 1) calls += admitted(limiter, nowMs, 2);
        const share = (lengthMs / 1_000) * limits.ratePerSecond;
        expect(calls).toBe(burst + Math.floor(share + 1e-6));
      }),
    );
  });

  it('no longer rejects once the time has passed that it said', () => {
    const time = fc.double({ min: 0, max: 1.7e12, noNaN: true });
    fc.assert(
      fc.property(options, time, fc.nat(30), (limits, nowMs, count) => {
        const limiter = new RateLimiter(limits);
        takeMany(limiter, nowMs, count);
        expect(limiter.take(nowMs + limiter.retryAfterMs(nowMs))).not.toBe(REJECTED);
      }),
    );
  });
});
