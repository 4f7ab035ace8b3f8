import { describe, expect, test } from 'vitest';
import { niceTicks, share, svgPercent, timeTicks } from './scale.ts';

const SECOND_MS = 1_000;
const MINUTE_MS = 60 * SECOND_MS;
const DAY_MS = 24 * 60 * MINUTE_MS;

describe('niceTicks', () => {
  test.each([
    [52, 3, [0, 20, 40, 60]],
    [60, 3, [0, 20, 40, 60]],
    [0.3, 3, [0, 0.1, 0.2, 0.3]],
    [1, 2, [0, 0.5, 1]],
    [7_300, 3, [0, 5_000, 10_000]],
  ])('up to %s in about %s steps', (max, count, ticks) => {
    expect(niceTicks(max, count)).toEqual(ticks);
  });

  test.each([0, -1, Number.NaN, Number.POSITIVE_INFINITY])('has a length for %s', (max) => {
    expect(niceTicks(max, 3)).toEqual([0, 1]);
  });
});

describe('timeTicks', () => {
  test.each([
    [10 * MINUTE_MS, 6, 2 * MINUTE_MS],
    [3_130, 6, SECOND_MS],
    [55 * SECOND_MS, 6, 10 * SECOND_MS],
    [DAY_MS, 6, DAY_MS / 4],
    [365 * DAY_MS, 6, 100 * DAY_MS],
  ])('%s ms in at most %s steps', (endMs, count, stepMs) => {
    const ticks = timeTicks(endMs, count);
    expect(ticks[1]).toBe(stepMs);
    expect(ticks.at(-1)).toBe(Math.floor(endMs / stepMs) * stepMs);
    expect(ticks.length).toBeLessThanOrEqual(count + 1);
  });

  test.each([0, Number.NaN, Number.POSITIVE_INFINITY])('has an origin for %s', (endMs) => {
    expect(timeTicks(endMs, 6)).toEqual([0]);
  });
});

test('share stays within its whole, whatever the numbers', () => {
  expect(share(1, 4)).toBe(0.25);
  expect(share(5, 4)).toBe(1);
  expect(share(-1, 4)).toBe(0);
  expect(share(0, 0)).toBe(0);
  expect(share(1, Number.NaN)).toBe(0);
});

test('svgPercent keeps a thousandth of a per cent', () => {
  expect(svgPercent(1 / 3)).toBe('33.333%');
});
