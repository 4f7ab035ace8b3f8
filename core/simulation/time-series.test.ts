import { describe, expect, test } from 'vitest';
import { TimeSeries } from './time-series.ts';

describe('amounts', () => {
  test('are counted in the bucket of their time', () => {
    const series = new TimeSeries(10, 4);
    for (const atMs of [0, 9.9, 10, 39]) series.add(atMs, 1);
    expect(series.until(40)).toEqual([2, 1, 0, 1]);
  });

  test('at the very end are counted in the last bucket, whatever the rounding', () => {
    const durations = Array.from({ length: 10_000 }, (_, index) => index + 1);
    const endMs = durations.find((ms) => (ms / 120) * 120 < ms) ?? 0;
    expect(endMs).toBeGreaterThan(0);
    const series = new TimeSeries(endMs / 120, 120);
    series.add(endMs, 1);
    expect(series.until(endMs)).toHaveLength(120);
    expect(series.until(endMs).at(-1)).toBe(1);
  });

  test('are merged into longer buckets when time goes on', () => {
    const series = new TimeSeries(10, 4);
    for (const atMs of [5, 15, 25, 35, 75]) series.add(atMs, 1);
    expect(series.bucketMs).toBe(20);
    expect(series.until(80)).toEqual([2, 2, 0, 1]);
  });

  test('of a run that ends early fill only the buckets that have begun', () => {
    const series = new TimeSeries(10, 4);
    series.add(5, 1);
    expect(series.until(15)).toEqual([1, 0]);
  });
});

test('an area is spread over the buckets that it touches', () => {
  const series = new TimeSeries(10, 4);
  series.addArea(5, 32, 2);
  expect(series.until(40)).toEqual([10, 20, 20, 4]);
});

test('an area that reaches beyond the covered time loses nothing in the merge', () => {
  const series = new TimeSeries(10, 2);
  series.addArea(0, 15, 1);
  series.addArea(15, 75, 1);
  expect(series.bucketMs).toBe(40);
  expect(series.until(75)).toEqual([40, 35]);
});
