import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ConcurrencyLimit } from './concurrency-limit.ts';
import type { GradientOptions } from './gradient.ts';

function gradient(
  options: Omit<GradientOptions, 'kind'> & { initial?: number; max?: number } = {},
) {
  const { initial = 100, max = 1_000, ...rest } = options;
  return new ConcurrencyLimit({ algorithm: { kind: 'gradient', ...rest }, initial, min: 1, max });
}

/** Each second a window of calls that run at once and take equally long; the last call ends it. */
class Traffic {
  readonly limit: ConcurrencyLimit;
  #second = 0;

  constructor(limit: ConcurrencyLimit) {
    this.limit = limit;
  }

  /**
   * @param share of the limit that is used
   * @param refused share of the calls that come back at once because there were too many
   */
  run(seconds: number, durationMs: number, share = 1, refused = 0): number {
    for (let i = 0; i < seconds; i += 1) {
      const most = Math.ceil(this.limit.limit * share);
      while (this.limit.inFlight < most && this.limit.tryAcquire());
      const sent = this.limit.inFlight;
      for (let call = 1; call <= sent; call += 1) {
        const isRefused = call <= sent * refused;
        const nowMs = (this.#second + (call === sent ? 1 : 0)) * 1_000;
        this.limit.release(nowMs, isRefused ? 1 : durationMs, isRefused ? 'overload' : 'success');
      }
      this.#second += 1;
    }
    return this.limit.limit;
  }
}

describe('a limit by the gradient of durations', () => {
  it('grows by a part of the queue that it allows while durations are as usual', () => {
    const traffic = new Traffic(gradient());
    // A fifth of it a window: 0.8 by default.
    expect(traffic.run(11, 50)).toBe(108);
    expect(new Traffic(gradient({ queueSize: 12 })).run(11, 50)).toBe(126);
    expect(new Traffic(gradient({ queueSize: 0 })).run(11, 50)).toBe(100);
  });

  it('falls while calls take longer than usual by more than the tolerance', () => {
    const falls = (options: Omit<GradientOptions, 'kind'>, durationMs: number): number => {
      const traffic = new Traffic(gradient({ queueSize: 0, ...options }));
      return traffic.run(50, 100) - traffic.run(1, durationMs);
    };
    expect(falls({}, 149)).toBe(0);
    // 0.2 × (1 − 1.5 × usual ÷ 200), of 100; usual is up to 100.3 by then.
    expect(falls({}, 200)).toBe(5);
    expect(falls({ tolerance: 2 }, 200)).toBe(0);
    expect(falls({ smoothing: 1 }, 200)).toBe(25);
  });

  it('is not halved at once by a few calls that take very long', () => {
    const traffic = new Traffic(gradient({ queueSize: 0, smoothing: 1 }));
    traffic.run(50, 100);
    expect(traffic.run(1, 1e9)).toBe(50);
  });

  it('takes a step once a window, and when it has ten calls to judge by', () => {
    const limit = gradient({ queueSize: 10, smoothing: 1, windowMs: 500 });
    const end = (nowMs: number, calls: number): number => {
      while (limit.tryAcquire());
      for (let i = 0; i < calls; i += 1) limit.release(nowMs, 10, 'success');
      return limit.limit;
    };
    expect(end(0, 20)).toBe(100);
    expect(end(499, 20)).toBe(100);
    expect(end(500, 1)).toBe(110);
    expect(end(5_000, 9)).toBe(110);
    expect(end(5_001, 1)).toBe(120);
  });

  it('is not moved by durations while less than half of it is used', () => {
    const traffic = new Traffic(gradient());
    expect(traffic.run(50, 50, 0.4)).toBe(100);
    expect(traffic.run(50, 500, 0.4)).toBe(100);
  });

  it('falls by the share of calls that were refused, though those were quick', () => {
    const traffic = new Traffic(gradient({ queueSize: 0, smoothing: 1 }));
    traffic.run(10, 100);
    expect(traffic.run(1, 100, 1, 0.25)).toBe(75);
    expect(traffic.run(1, 100, 1, 1)).toBe(37);
    expect(traffic.run(1, 100)).toBe(37);
  });

  it('falls when calls are refused while less than half of it is used, and does not grow', () => {
    const traffic = new Traffic(gradient({ smoothing: 1, queueSize: 10 }));
    expect(traffic.run(1, 100, 0.4, 0.5)).toBe(60);
    expect(traffic.run(9, 100, 0.4, 0.05)).toBe(60);
  });

  it('comes down when the callee bears less, and up again when it bears more', () => {
    const traffic = new Traffic(gradient({ initial: 20 }));
    const serve = (seconds: number, perSecond: number): number => {
      for (let i = 0; i < seconds; i += 1)
        traffic.run(1, Math.max(50, (traffic.limit.limit / perSecond) * 1_000));
      return traffic.limit.limit;
    };
    // By Little's law 50 at once are enough for 1,000/s at 50 ms.
    const before = serve(100, 1_000);
    const during = serve(60, 500);
    const after = serve(100, 1_000);
    expect(before).toBeGreaterThan(50);
    expect(before).toBeLessThan(100);
    expect(during).toBeLessThan(before * 0.65);
    expect(after).toBeGreaterThan(during * 1.3);
  });

  it('takes for usual the mean of its first ten steps, and then what happens in the long run', () => {
    const traffic = new Traffic(gradient({ tolerance: 1, smoothing: 1, queueSize: 0 }));
    // With little of the limit in use it learns what is usual, and moves nothing.
    traffic.run(5, 100, 0.4);
    traffic.run(5, 300, 0.4);
    expect(traffic.run(1, 250)).toBe(80);
    traffic.run(600, 400, 0.4);
    // (1 − 2 ÷ 601)⁶⁰⁰ is 0.14, so of the way from 200 to 400 the usual has gone 0.86: to 372.
    expect(traffic.run(1, 400)).toBe(74);
  });

  it('soon forgets how slow calls were when they are fast again', () => {
    const traffic = new Traffic(gradient());
    traffic.run(10, 1_000);
    traffic.run(60, 100);
    // Had it been the usual for ten minutes more, 400 ms would now be fast.
    const before = traffic.limit.limit;
    expect(traffic.run(5, 400)).toBeLessThan(before);
  });

  it('takes calls that take no time for what they are', () => {
    expect(new Traffic(gradient({ queueSize: 0 })).run(20, 0)).toBe(100);
  });

  it('is a function of the windows of its history', () => {
    const window = fc.array(
      fc.record({
        durationMs: fc.integer({ min: 1, max: 1_000 }),
        isOverload: fc.boolean(),
        inFlight: fc.integer({ min: 1, max: 40 }),
      }),
      { minLength: 10, maxLength: 20 },
    );
    fc.assert(
      fc.property(fc.array(window, { maxLength: 25 }), (windows) => {
        const limit = gradient({ initial: 30 });
        let model = 30;
        let usualMs = 0;
        let steps = 0;
        for (const [index, calls] of windows.entries()) {
          let most = 0;
          for (const [position, call] of calls.entries()) {
            let running = 0;
            while (running < call.inFlight && limit.tryAcquire()) running += 1;
            most = Math.max(most, running);
            // The last call of a window ends just when the window does.
            const nowMs = (index + (position === calls.length - 1 ? 1 : 0)) * 1_000;
            limit.release(nowMs, call.durationMs, call.isOverload ? 'overload' : 'success');
            while (limit.inFlight > 0) limit.release(nowMs, 0, 'ignore');
          }
          const answered = calls.filter((call) => !call.isOverload);
          let speed = 1;
          if (answered.length > 0) {
            const present =
              answered.reduce((sum, call) => sum + call.durationMs, 0) / answered.length;
            steps += 1;
            usualMs =
              steps <= 10
                ? (usualMs * (steps - 1) + present) / steps
                : (usualMs * 599 + present * 2) / 601;
            speed = (1.5 * usualMs) / present;
            if (usualMs / present > 2) usualMs *= 0.95;
          }
          const isUsed = most * 2 >= model;
          const share = answered.length / calls.length;
          const factor = Math.max(0.5, Math.min(1, share, isUsed ? speed : 1));
          const next = model * 0.8 + (model * factor + 4) * 0.2;
          model = Math.max(1, Math.min(1_000, isUsed ? next : Math.min(model, next)));
          expect(Math.abs(limit.limit - Math.floor(model + 1e-9))).toBeLessThanOrEqual(
            Math.abs(model - Math.round(model)) < 1e-9 ? 1 : 0,
          );
        }
      }),
    );
  });
});
