import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { erlangB, slotsForBlocking } from './erlang-b.ts';
import { erlangC, meanWaitMs, slotsForWaiting, waitingLongerThan } from './erlang-c.ts';
import { finiteQueue, fullQueueWaitMs, longestUsefulQueue } from './finite-queue.ts';
import { waitingForFixedService } from './fixed-service.ts';
import { rejectedByHanging, requestsInProgress, throughputCeiling } from './littles-law.ts';

const slots = fc.integer({ min: 1, max: 100 });
const offered = fc.double({ min: 1, max: 150, noNaN: true });

describe("Little's law", () => {
  it('says how many requests are in progress, and how many a pool can carry', () => {
    expect(requestsInProgress(30, 200)).toBe(6);
    expect(throughputCeiling(10, 200)).toBe(50);
  });

  it('says what a pool rejects when calls hang', () => {
    expect(rejectedByHanging(25, 100, 0, 1, 2000)).toBeCloseTo(0.875, 12);
    // A thousand threads, a thousand requests a second, of which 5 % hang for 100 s.
    expect(1 - (rejectedByHanging(1000, 1000, 100, 0.05, 100_000) ?? 1)).toBeCloseTo(0.1963, 4);
    expect(rejectedByHanging(1000, 1000, 100, 0, 100_000)).toBe(0);
  });
});

describe('erlangB', () => {
  it.each([
    { n: 6, a: 6, blocking: 0.264922 },
    { n: 10, a: 6, blocking: 0.043142 },
    { n: 10, a: 9, blocking: 0.167963 },
    { n: 14, a: 6, blocking: 0.002231 },
  ])('is $blocking for $a erlangs at $n slots', ({ n, a, blocking }) => {
    expect(erlangB(n, a)).toBeCloseTo(blocking, 6);
  });

  it('obeys its recurrence', () => {
    fc.assert(
      fc.property(slots, offered, (n, a) => {
        const before = a * (erlangB(n - 1, a) ?? Number.NaN);
        expect((erlangB(n, a) ?? 0) / (before / (n + before))).toBeCloseTo(1, 10);
      }),
    );
  });

  it('falls with slots, rises with load, and stays within [0, 1]', () => {
    fc.assert(
      fc.property(slots, offered, (n, a) => {
        const here = erlangB(n, a) ?? Number.NaN;
        expect(here).toBeGreaterThanOrEqual(Math.max(0, 1 - n / a));
        expect(here).toBeLessThanOrEqual(1);
        expect(erlangB(n + 1, a)).toBeLessThan(here);
        expect(erlangB(n, a * 1.01)).toBeGreaterThan(here);
      }),
    );
  });

  it('knows pools of a million slots', () => {
    // Asymptotically 1 / √(π N / 2) where the load is as large as the pool.
    const blocking = erlangB(1_000_000, 1_000_000) ?? Number.NaN;
    expect(blocking * Math.sqrt((Math.PI * 1_000_000) / 2)).toBeCloseTo(1, 2);
    expect(erlangB(0, 5)).toBe(1);
    expect(erlangB(5, 0)).toBe(0);
    expect(erlangB(1_000_001, 5)).toBeUndefined();
  });
});

describe('slotsForBlocking', () => {
  it.each([
    [2, 8],
    [6, 15],
    [10, 21],
    [20, 35],
    [50, 71],
  ])('%i erlangs are turned away less than once in a thousand with %i slots', (a, size) => {
    expect(slotsForBlocking(a, 0.001)).toBe(size);
  });

  it('is the fewest that are enough', () => {
    const target = fc.double({ min: 1e-9, max: 0.5, noNaN: true });
    fc.assert(
      fc.property(offered, target, (a, wanted) => {
        const size = slotsForBlocking(a, wanted) ?? Number.NaN;
        expect(erlangB(size, a)).toBeLessThanOrEqual(wanted);
        if (size > 0) expect(erlangB(size - 1, a)).toBeGreaterThan(wanted);
      }),
    );
  });

  it('has no answer beyond a million slots, nor for never', () => {
    expect(slotsForBlocking(2_000_000, 0.1)).toBeUndefined();
    expect(slotsForBlocking(2, 0)).toBeUndefined();
  });
});

describe('erlangC', () => {
  it('is 0.101299 for 6 erlangs at 10 slots, with a mean wait of 5.065 ms of 200', () => {
    expect(erlangC(10, 6)).toBeCloseTo(0.101299, 6);
    expect(meanWaitMs(10, 6, 200)).toBeCloseTo(5.065, 4);
    expect(waitingLongerThan(10, 6, 200, 100)).toBeCloseTo(0.013709, 6);
    expect(waitingLongerThan(10, 6, 200, 0)).toBe(erlangC(10, 6));
  });

  it('is more than Erlang B, since those who wait stay', () => {
    fc.assert(
      fc.property(slots, fc.double({ min: 0.01, max: 0.99, noNaN: true }), (n, load) => {
        const waiting = erlangC(n, n * load) ?? Number.NaN;
        expect(waiting).toBeGreaterThanOrEqual(erlangB(n, n * load) ?? 1);
        expect(waiting).toBeLessThanOrEqual(1);
      }),
    );
  });

  it('waits for ever in a queue that grows', () => {
    expect(erlangC(6, 6)).toBe(1);
    expect(meanWaitMs(6, 6, 200)).toBe(Number.POSITIVE_INFINITY);
    expect(waitingLongerThan(6, 6, 200, 1e9)).toBe(1);
  });

  it.each([
    [2, 7],
    [6, 13],
    [10, 19],
    [20, 32],
    [50, 68],
  ])('of %i erlangs one in a hundred waits with %i slots', (a, size) => {
    expect(slotsForWaiting(a, 0.01)).toBe(size);
  });
});

describe('finiteQueue', () => {
  it('buys few rejections for much latency', () => {
    const short = finiteQueue(10, 5, 12, 200);
    expect(short?.blocking).toBeCloseTo(0.203261, 6);
    expect(short?.meanWaitMs).toBeCloseTo(51.26, 2);
  });

  it('is Erlang B without a queue and Erlang C with an endless one', () => {
    fc.assert(
      fc.property(slots, fc.double({ min: 0.01, max: 0.9, noNaN: true }), (n, load) => {
        const a = n * load;
        const without = finiteQueue(n, 0, a, 100);
        expect(without?.blocking).toBeCloseTo(erlangB(n, a) ?? Number.NaN, 12);
        expect(without?.meanWaitMs).toBe(0);
        const endless = finiteQueue(n, 10_000, a, 100);
        expect(endless?.meanWaitMs).toBeCloseTo(meanWaitMs(n, a, 100) ?? Number.NaN, 8);
      }),
    );
  });

  it('turns away fewer and lets wait longer with each place', () => {
    fc.assert(
      fc.property(slots, fc.nat(200), offered, (n, queue, a) => {
        const here = finiteQueue(n, queue, a, 100);
        const more = finiteQueue(n, queue + 1, a, 100);
        expect(more?.blocking).toBeLessThanOrEqual(here?.blocking ?? 0);
        expect(more?.meanWaitMs).toBeGreaterThanOrEqual((here?.meanWaitMs ?? 0) * (1 - 1e-9));
        expect(here?.meanWaitMs).toBeLessThanOrEqual(fullQueueWaitMs(n, queue + 1, 100) ?? 0);
      }),
    );
  });

  it('lets no one wait when no one comes', () => {
    expect(finiteQueue(10, 5, 0, 100)).toEqual({ blocking: 0, meanQueued: 0, meanWaitMs: 0 });
  });
});

describe('a full queue', () => {
  it('makes its last one wait, in vain if it is too long', () => {
    expect(fullQueueWaitMs(10, 100, 200)).toBe(2000);
    expect(longestUsefulQueue(10, 200, 1000)).toBe(40);
    expect(longestUsefulQueue(10, 0.2, 1)).toBe(40);
    expect(longestUsefulQueue(10, 200, 100)).toBe(0);
  });
});

describe('waitingForFixedService', () => {
  it.each([0.05, 0.3, 0.6, 0.8, 0.9])(
    'waits as long as Pollaczek and Khinchine say at a load of %d',
    (load) => {
      // Wait for 20 ms each; the mean is the area under the tail.
      let meanMs = 0;
      for (let ms = 0.05; ms < 20_000; ms += 0.1) {
        meanMs += 0.1 * (waitingForFixedService(load, 20, ms) ?? Number.NaN);
      }
      expect(meanMs / ((load * 20) / (2 * (1 - load)))).toBeCloseTo(1, 3);
    },
  );

  it('lets those wait who find somebody, and half as long as with exponential times', () => {
    expect(waitingForFixedService(0.8, 10, 0)).toBeCloseTo(0.8, 12);
    expect(waitingForFixedService(0.8, 10, 10)).toBeCloseTo(1 - 0.2 * Math.exp(0.8), 12);
    expect(waitingForFixedService(1, 10, 1e6)).toBe(1);
    expect(waitingForFixedService(0, 10, 0)).toBe(0);
  });

  it('never rises', () => {
    const times = fc.integer({ min: 0, max: 3_000 });
    const loads = fc.integer({ min: 0, max: 100 });
    fc.assert(
      fc.property(loads, times, times, (load, a, b) => {
        const [shorter, longer] = [Math.min(a, b), Math.max(a, b)].map((ms) =>
          waitingForFixedService(load / 100, 100, ms),
        );
        expect(longer).toBeLessThanOrEqual((shorter ?? Number.NaN) + 1e-9);
      }),
    );
  });
});
