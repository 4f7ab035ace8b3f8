import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { withCommonCause } from './common-cause.ts';
import { downtimeMs, MONTH_MS, nines, outagesWithinBudget, YEAR_MS } from './downtime.ts';
import { failover, lostToTakeovers } from './failover.ts';
import { withFallback } from './fallback.ts';
import { kOutOfN } from './k-out-of-n.ts';
import { parallel, series } from './series-parallel.ts';
import { availableFor, steadyState } from './steady-state.ts';
import { unrepairedColdMttfMs, unrepairedMttfMs } from './unrepaired.ts';

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;
const ratio = fc.double({ min: 0, max: 1, noNaN: true });

describe('steadyState', () => {
  it.each([
    { mttf: 720, mttr: 1, up: 0.998613037 },
    { mttf: 8760, mttr: 4, up: 0.999543587 },
    { mttf: 1, mttr: 0, up: 1 },
  ])('is up for $up with $mttf h up and $mttr h down', ({ mttf, mttr, up }) => {
    expect(steadyState(mttf * HOUR_MS, mttr * HOUR_MS)?.up).toBeCloseTo(up, 9);
  });

  it('adds up to 1', () => {
    const time = fc.double({ min: 1e-50, max: 1e50, noNaN: true });
    fc.assert(
      fc.property(time, time, (mttf, mttr) => {
        const { up = 0, down = 0 } = steadyState(mttf, mttr) ?? {};
        expect(up + down).toBeCloseTo(1, 14);
      }),
    );
  });

  it('needs a time up, and a share that is one', () => {
    expect(steadyState(0, 1)).toBeUndefined();
    expect(availableFor(0.75)).toEqual({ up: 0.75, down: 0.25 });
    expect(availableFor(99.9)).toBeUndefined();
  });
});

describe('an error budget', () => {
  it.each([
    { objective: 0.99, minutes: 432 },
    { objective: 0.999, minutes: 43.2 },
    { objective: 0.9995, minutes: 21.6 },
    { objective: 0.99999, minutes: 0.432 },
  ])('of $objective is $minutes minutes a month', ({ objective, minutes }) => {
    expect(downtimeMs(1 - objective, MONTH_MS)).toBeCloseTo(minutes * MINUTE_MS, 6);
  });

  it('of 99.99 % is 52.56 minutes a year, and one outage of 15 minutes uses 3.47 months of it', () => {
    expect(downtimeMs(1 - 0.9999, YEAR_MS)).toBeCloseTo(52.56 * MINUTE_MS, 4);
    const outages = outagesWithinBudget(0.9999, MONTH_MS, 15 * MINUTE_MS);
    expect(outages).toBeCloseTo(0.288, 10);
  });

  it('has as many nines as the objective', () => {
    expect(nines(0.001)).toBeCloseTo(3, 12);
    expect(nines(1)).toBe(0);
    expect(nines(0)).toBe(Number.POSITIVE_INFINITY);
    expect(nines(-0.1)).toBeUndefined();
  });
});

describe('series and parallel', () => {
  it('multiply what is up and what is down', () => {
    expect(series([0.9995, 0.999, 0.9999])?.up).toBeCloseTo(0.99840065, 9);
    expect(parallel([0.9, 0.8])?.down).toBeCloseTo(0.02, 12);
    expect(series([])).toEqual({ up: 1, down: 0 });
    expect(parallel([])).toEqual({ up: 0, down: 1 });
  });

  it('are all of n and any of n', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 30 }), ratio, (n, a) => {
        const all = Array<number>(n).fill(a);
        expect(series(all)?.down).toBeCloseTo(kOutOfN(n, n, a)?.down ?? Number.NaN, 12);
        expect(parallel(all)?.up).toBeCloseTo(kOutOfN(1, n, a)?.up ?? Number.NaN, 12);
      }),
    );
  });

  it('keep the digits of small shares', () => {
    expect((series([1 - 1e-12, 1 - 1e-12])?.down ?? 0) / 2e-12).toBeCloseTo(1, 4);
    expect((parallel([0.999, 0.999, 0.999])?.down ?? 0) / 1e-9).toBeCloseTo(1, 9);
  });
});

describe('a common cause', () => {
  it.each([
    { beta: 0, down: 1e-4 },
    { beta: 0.05, down: 5.9025e-4 },
    { beta: 0.1, down: 1.081e-3 },
    { beta: 0.2, down: 2.064e-3 },
  ])('of $beta leaves one of two members at 99 % down for $down', ({ beta, down }) => {
    expect((withCommonCause(1, 2, 0.99, beta)?.down ?? 0) / down).toBeCloseTo(1, 3);
  });

  it('of everything makes a group as good as one member', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 9 }), ratio, (n, a) => {
        expect(withCommonCause(1, n, a, 1)?.up).toBeCloseTo(a, 12);
        const here = withCommonCause(1, n, a, 0.3);
        expect((here?.up ?? 0) + (here?.down ?? 0)).toBeCloseTo(1, 12);
      }),
    );
  });
});

describe('failover', () => {
  const pair = { mttfMs: 1000 * HOUR_MS, mttrMs: 10 * HOUR_MS, coverage: 1, manualRecoveryMs: 0 };

  it('loses what the takeover takes', () => {
    expect(failover({ ...pair, takeoverMs: HOUR_MS / 4 })?.up).toBeCloseTo(0.999653585391, 11);
    // Without a takeover time, a cold standby with one repairer: ρ² / (1 + ρ + ρ²).
    expect(failover({ ...pair, takeoverMs: 0 })?.up).toBeCloseTo(0.9999009999, 10);
  });

  it('is a single member when it never works', () => {
    const never = { ...pair, takeoverMs: 0, coverage: 0, manualRecoveryMs: pair.mttrMs };
    expect(failover(never)?.up).toBeCloseTo(1 / 1.01, 12);
  });

  it('in a group costs its time for each active member', () => {
    const lost = lostToTakeovers(1, 720 * HOUR_MS, 331_000) ?? Number.NaN;
    expect(lost * MONTH_MS).toBeCloseTo(331_000, 6);
    expect(lostToTakeovers(1, 720 * HOUR_MS, 931_000)).toBeCloseTo(3.592e-4, 7);
    expect(lostToTakeovers(10, 1, 1)).toBe(1);
  });
});

describe('a fallback', () => {
  it('answers its share of what failed', () => {
    expect(withFallback(0.99, 0.95)?.up).toBeCloseTo(0.9995, 12);
    expect(withFallback(0.99, 0)?.up).toBe(0.99);
    expect(withFallback(0.5, 1)).toEqual({ up: 1, down: 0 });
  });
});

describe('a group that nobody repairs', () => {
  it.each([
    { needed: 2, members: 3, factor: 5 / 6 },
    { needed: 1, members: 2, factor: 1.5 },
    { needed: 3, members: 5, factor: 47 / 60 },
  ])('of which $needed of $members are needed lasts $factor times one member', (given) => {
    expect(unrepairedMttfMs(given.needed, given.members, 1000)).toBeCloseTo(1000 * given.factor, 9);
  });

  it('lasts longer with standbys that do not wear out', () => {
    expect(unrepairedColdMttfMs(1, 1, 1000)).toBe(2000);
    expect(unrepairedColdMttfMs(2, 1, 1000)).toBe(1000);
    expect(unrepairedMttfMs(3, 2, 1000)).toBeUndefined();
  });
});
