import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Change, coveredMs, downIntervals, overlaps } from './intervals.ts';

function failure(atMs: number): Change {
  return { atMs, kind: 'failure' };
}

function recovery(atMs: number): Change {
  return { atMs, kind: 'recovery' };
}

describe('downIntervals', () => {
  it('reach from a failure to the next recovery', () => {
    expect(downIntervals([failure(1), recovery(4), failure(6), recovery(7)])).toEqual([
      { startMs: 1, endMs: 4 },
      { startMs: 6, endMs: 7 },
    ]);
  });

  it('do not begin anew with a second failure while down', () => {
    expect(downIntervals([failure(1), failure(2), recovery(4), recovery(5)])).toEqual([
      { startMs: 1, endMs: 4 },
    ]);
  });

  it('stay open without a recovery', () => {
    expect(downIntervals([recovery(0), failure(1)])).toEqual([
      { startMs: 1, endMs: Number.POSITIVE_INFINITY },
    ]);
  });
});

describe('overlaps', () => {
  it('join intervals that touch or overlap when nothing is tolerated', () => {
    const intervals = [
      { startMs: 5, endMs: 8 },
      { startMs: 0, endMs: 3 },
      { startMs: 3, endMs: 4 },
      { startMs: 6, endMs: 9 },
    ];
    expect(overlaps(intervals, 0)).toEqual([
      { startMs: 0, endMs: 4 },
      { startMs: 5, endMs: 9 },
    ]);
  });

  it('hold exactly where more than the tolerated number of intervals do', () => {
    const interval = fc
      .tuple(fc.nat(30), fc.nat(15), fc.boolean())
      .map(([startMs, length, isOpen]) => {
        return { startMs, endMs: isOpen ? Number.POSITIVE_INFINITY : startMs + length };
      });
    fc.assert(
      fc.property(fc.array(interval, { maxLength: 8 }), fc.nat(4), (intervals, tolerated) => {
        const result = overlaps(intervals, tolerated);
        const holds = (atMs: number) => (each: { startMs: number; endMs: number }) =>
          each.startMs < atMs && atMs < each.endMs;
        for (let atMs = 0.5; atMs < 50; atMs += 1) {
          const depth = intervals.filter(holds(atMs)).length;
          expect(result.filter(holds(atMs)).length).toBe(depth > tolerated ? 1 : 0);
        }
      }),
    );
  });
});

describe('coveredMs', () => {
  it('counts only what lies in the window', () => {
    const intervals = [
      { startMs: 0, endMs: 5 },
      { startMs: 12, endMs: 15 },
      { startMs: 18, endMs: Number.POSITIVE_INFINITY },
      { startMs: 30, endMs: 40 },
    ];
    expect(coveredMs(intervals, { startMs: 3, endMs: 20 })).toBe(2 + 3 + 2);
  });
});
