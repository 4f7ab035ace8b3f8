import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ConcurrencyLimit } from './concurrency-limit.ts';

function aimd(initial: number, backoffRatio?: number) {
  const algorithm = { kind: 'aimd', ...(backoffRatio && { backoffRatio }) } as const;
  return new ConcurrencyLimit({ algorithm, initial, min: 1, max: 1_000 });
}

function fill(limit: ConcurrencyLimit): void {
  while (limit.tryAcquire());
}

/** As many calls as may, all at once, and all with the same end. */
function round(limit: ConcurrencyLimit, endMs: number, outcome: 'success' | 'overload'): void {
  fill(limit);
  while (limit.inFlight > 0) limit.release(endMs, 10, outcome);
}

describe('a limit by additive increase and multiplicative decrease', () => {
  it('grows by about one call for each round of calls that go well', () => {
    const limit = aimd(10);
    let calls = 0;
    for (fill(limit); limit.limit < 20; fill(limit)) {
      limit.release(calls, 10, 'success');
      calls += 1;
    }
    // Rounds of 10, 11, … 19 calls are 145; each is a little short of the next whole call.
    expect(calls).toBeGreaterThanOrEqual(145);
    expect(calls).toBeLessThanOrEqual(155);
  });

  it('does not grow while less than half of it is used', () => {
    const limit = aimd(10);
    for (let nowMs = 0; nowMs < 1_000; nowMs += 1) {
      for (let i = 0; i < 4; i += 1) limit.tryAcquire();
      while (limit.inFlight > 0) limit.release(nowMs, 10, 'success');
    }
    expect(limit.limit).toBe(10);
  });

  it('is cut to seven tenths by an overload, by default', () => {
    const limit = aimd(100);
    limit.tryAcquire();
    limit.release(10, 10, 'overload');
    expect(limit.limit).toBe(70);
  });

  it('is cut once by an overload that ends many calls', () => {
    const limit = aimd(100, 0.5);
    round(limit, 10, 'overload');
    expect(limit.limit).toBe(50);
    // Started after the cut at 10 ms, so these are news.
    round(limit, 21, 'overload');
    expect(limit.limit).toBe(25);
  });

  it('is not cut by calls that were running when it was', () => {
    const limit = aimd(100, 0.5);
    fill(limit);
    limit.release(1_000, 500, 'overload');
    limit.release(1_400, 500, 'overload');
    limit.release(1_500, 500, 'overload');
    expect(limit.limit).toBe(50);
    limit.release(1_501, 500, 'overload');
    expect(limit.limit).toBe(25);
  });

  it('is still cut after the clock has stepped back', () => {
    const limit = aimd(100, 0.5);
    fill(limit);
    limit.release(86_400_000, 10, 'overload');
    limit.release(0, 10, 'ignore');
    limit.release(11, 10, 'overload');
    expect(limit.limit).toBe(25);
  });

  it('takes a duration of less than nothing, by a clock that stepped back, for none', () => {
    const limit = aimd(100, 0.5);
    fill(limit);
    limit.release(10, 5, 'overload');
    limit.release(10, -5, 'overload');
    expect(limit.limit).toBe(50);
  });

  it('settles around what the callee bears', () => {
    const limit = aimd(1);
    const limits: number[] = [];
    for (let nowMs = 0; nowMs < 20_000; nowMs += 10) {
      fill(limit);
      const sent = limit.inFlight;
      // Bears 30 at once, and refuses the others.
      for (let i = 0; i < sent; i += 1) limit.release(nowMs, 9, i < 30 ? 'success' : 'overload');
      if (nowMs > 5_000) limits.push(limit.limit);
    }
    expect(Math.max(...limits)).toBe(31);
    expect(Math.min(...limits)).toBeGreaterThanOrEqual(Math.floor(31 * 0.7));
  });

  it('is a function of when its calls started and how they ended', () => {
    const call = fc.record({
      ms: fc.nat(100),
      durationMs: fc.nat(400),
      inFlight: fc.integer({ min: 1, max: 12 }),
      isOverload: fc.boolean(),
    });
    fc.assert(
      fc.property(fc.array(call, { maxLength: 100 }), (calls) => {
        const limit = aimd(10, 0.5);
        let [model, cutAtMs, nowMs] = [10, -1e9, 0];
        for (const { ms, durationMs, inFlight, isOverload } of calls) {
          nowMs += ms;
          let running = 0;
          while (running < inFlight && limit.tryAcquire()) running += 1;
          limit.release(nowMs, durationMs, isOverload ? 'overload' : 'success');
          while (limit.inFlight > 0) limit.release(nowMs, 0, 'ignore');

          if (!isOverload && running * 2 >= model) model += 1 / model;
          if (isOverload && nowMs - durationMs > cutAtMs) {
            cutAtMs = nowMs;
            model = Math.max(1, model / 2);
          }
          expect(limit.limit).toBe(Math.floor(model));
        }
      }),
    );
  });
});
