import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { steadyState } from '../availability/steady-state.ts';
import { breakerStateShares, trialsAtOnce } from './cycle.ts';
import { breakerRecovery, closeProbability } from './recovery.ts';
import {
  callsInWindow,
  consecutiveCallsToOpen,
  failuresToOpen,
  leakyCallsToOpen,
  timeToOpenMs,
  windowTripProbability,
} from './trip.ts';

const ratio = fc.double({ min: 0, max: 1, noNaN: true });

/**
 * Calls until a count of failures reaches its threshold, on average: the first step by hand, then
 * all positions of the count at once, until hardly any chance is left.
 */
function callsByHand(threshold: number, errorRate: number, afterSuccess: (i: number) => number) {
  let chances = Array<number>(threshold).fill(0);
  chances[0] = 1;
  let calls = 0;
  for (let left = 1; left > 1e-13; calls += left) {
    left = chances.reduce((sum, chance) => sum + chance);
    const next = Array<number>(threshold).fill(0);
    for (const [i, chance] of chances.entries()) {
      if (i + 1 < threshold) next[i + 1] = (next[i + 1] ?? 0) + chance * errorRate;
      const back = afterSuccess(i);
      next[back] = (next[back] ?? 0) + chance * (1 - errorRate);
    }
    chances = next;
  }
  return calls;
}

describe('a breaker with a failure rate', () => {
  it.each([
    { calls: 5, rate: 0.5, errors: 0.1, probability: 8.56e-3 },
    { calls: 100, rate: 0.1, errors: 0.05, probability: 2.818829e-2 },
  ])('of $rate over $calls calls opens at $errors errors in $probability', (given) => {
    const found = windowTripProbability(given.calls, given.rate, given.errors);
    expect((found ?? 0) / given.probability).toBeCloseTo(1, 6);
  });

  it('opens at the smallest count that makes up its rate', () => {
    expect(failuresToOpen(100, 0.07)).toBe(7);
    const calls = fc.integer({ min: 1, max: 1000 });
    fc.assert(
      fc.property(calls, ratio, (n, rate) => {
        fc.pre(rate > 0);
        const failures = failuresToOpen(n, rate) ?? Number.NaN;
        expect(failures / n).toBeGreaterThanOrEqual(rate);
        expect((failures - 1) / n).toBeLessThan(rate);
      }),
    );
  });

  it('opens the more surely, the more errors there are', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 200 }), ratio, ratio, ratio, (n, rate, p, q) => {
        fc.pre(rate > 0);
        const [few, many] = [Math.min(p, q), Math.max(p, q)];
        const seldom = windowTripProbability(n, rate, few) ?? Number.NaN;
        expect(windowTripProbability(n, rate, many)).toBeGreaterThanOrEqual(seldom - 1e-12);
      }),
    );
  });

  it('cannot open when its window never holds enough calls', () => {
    expect(callsInWindow(2, 30_000)).toBe(60);
  });

  it('needs a while to notice an outage', () => {
    const failures = failuresToOpen(100, 0.5) ?? Number.NaN;
    expect(timeToOpenMs(failures, 100, 1000)).toBe(1500);
    expect(timeToOpenMs(failures, 2, 1000)).toBe(26_000);
    expect(timeToOpenMs(100, 2, 1000)).toBe(51_000);
    expect(timeToOpenMs(100, 0, 1000)).toBeUndefined();
  });
});

describe('a breaker that counts', () => {
  const threshold = fc.integer({ min: 1, max: 5 });
  const errors = fc.double({ min: 0.2, max: 1, noNaN: true });

  it('up and down is opened by errors as a random walk reaches its end', () => {
    fc.assert(
      fc.property(threshold, errors, (m, p) => {
        const walked = callsByHand(m, p, (i) => Math.max(0, i - 1));
        expect((leakyCallsToOpen(m, p) ?? 0) / walked).toBeCloseTo(1, 8);
      }),
    );
  });

  it('failures in a row is opened as soon as there are enough of them', () => {
    fc.assert(
      fc.property(threshold, errors, (m, p) => {
        const walked = callsByHand(m, p, () => 0);
        expect((consecutiveCallsToOpen(m, p) ?? 0) / walked).toBeCloseTo(1, 8);
      }),
    );
  });

  it('is opened at once by an outage, and never without errors', () => {
    expect(leakyCallsToOpen(5, 1)).toBe(5);
    expect(consecutiveCallsToOpen(5, 1)).toBe(5);
    expect(leakyCallsToOpen(5, 0)).toBe(Number.POSITIVE_INFINITY);
    expect(consecutiveCallsToOpen(5, 0)).toBe(Number.POSITIVE_INFINITY);
    expect(leakyCallsToOpen(1_000_000, 0.1)).toBe(Number.POSITIVE_INFINITY);
  });
});

describe('breakerRecovery', () => {
  it.each([
    { open: 5, outage: 30, cutOff: 32.569, lag: 2.569 },
    { open: 5, outage: 300, cutOff: 302.507, lag: 2.507 },
    { open: 60, outage: 5, cutOff: 60, lag: 55 },
  ])('with $open s open turns $outage s into $cutOff s', ({ open, outage, cutOff, lag }) => {
    const found = breakerRecovery(open * 1000, outage * 1000);
    expect((found?.outageMs ?? 0) / 1000).toBeCloseTo(cutOff, 3);
    expect((found?.lagMs ?? 0) / 1000).toBeCloseTo(lag, 3);
  });

  it('more than doubles the downtime of outages that are shorter than its open time', () => {
    const day = 86_400_000;
    expect(steadyState(day, 30_000)?.down).toBeCloseTo(3.471e-4, 8);
    const through = (openMs: number) => {
      return steadyState(day, breakerRecovery(openMs, 30_000)?.outageMs ?? Number.NaN)?.down;
    };
    expect(through(60_000)).toBeCloseTo(8.0249e-4, 8);
    expect(through(5000)).toBeCloseTo(3.7682e-4, 8);
  });

  it('lags by between half the open time and all of it', () => {
    const time = fc.double({ min: 1e-6, max: 1e9, noNaN: true });
    fc.assert(
      fc.property(time, time, (openMs, outageMs) => {
        const { lagMs = Number.NaN, rounds = 0 } = breakerRecovery(openMs, outageMs) ?? {};
        expect(lagMs / openMs).toBeGreaterThanOrEqual(0.5 * (1 - 1e-9));
        expect(lagMs / openMs).toBeLessThanOrEqual(1);
        expect(rounds).toBeGreaterThanOrEqual(1);
      }),
    );
  });

  it('goes over from the series to the difference without a step', () => {
    const before = breakerRecovery(0.009999999, 1)?.lagMs ?? 0;
    const after = breakerRecovery(0.010000001, 1)?.lagMs ?? 0;
    expect((after - before) / 2e-9).toBeCloseTo(0.5 + 0.01 / 6, 4);
  });
});

describe('a half-open breaker', () => {
  it('closes when few enough trials fail', () => {
    // Ten trials, closed below a failure rate of 50 %.
    expect(closeProbability(10, 4, 0.1)).toBeCloseTo(0.998365, 6);
    expect(closeProbability(10, 4, 0.5)).toBeCloseTo(0.376953, 6);
    expect(closeProbability(3, 0, 0.1)).toBeCloseTo(0.729, 12);
    expect(closeProbability(3, 3, 1)).toBe(1);
  });

  it('meets those of all other callers', () => {
    expect(trialsAtOnce(40, 10)).toBe(400);
  });
});

describe('breakerStateShares', () => {
  it('shares out the time of a breaker that flaps', () => {
    const found = breakerStateShares(600, 30, 2, 0.25);
    expect(found?.closed).toBeCloseTo(0.824176, 6);
    expect(found?.open).toBeCloseTo(0.164835, 6);
    expect(found?.halfOpen).toBeCloseTo(0.010989, 6);
  });

  it('is never closed when no trial succeeds', () => {
    expect(breakerStateShares(600, 30, 10, 0)).toEqual({ closed: 0, open: 0.75, halfOpen: 0.25 });
    expect(breakerStateShares(0, 0, 0, 1)).toBeUndefined();
  });
});
