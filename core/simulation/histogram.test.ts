import fc from 'fast-check';
import { expect, test } from 'vitest';
import { Histogram } from './histogram.ts';

function histogramOf(times: readonly number[]): Histogram {
  const histogram = new Histogram();
  for (const time of times) histogram.record(time);
  return histogram;
}

test('every percentile is within 1 % of the recorded time at its rank', () => {
  const time = fc.double({ min: 0.01, max: 1e9, noNaN: true });
  fc.assert(
    fc.property(
      fc.array(time, { minLength: 1 }),
      fc.double({ min: 0, max: 1, noNaN: true }),
      (times, ratio) => {
        const sorted = [...times].sort((a, b) => a - b);
        const exact = sorted[Math.max(1, Math.ceil(ratio * times.length)) - 1] ?? Number.NaN;
        const found = histogramOf(times).percentile(ratio);
        expect(Math.abs(found - exact) / exact).toBeLessThanOrEqual(0.01);
      },
    ),
  );
});

test.each([
  { times: [], ratio: 0.5, expected: 0 },
  { times: [0], ratio: 0.99, expected: 0 },
  { times: [250, 250, 250], ratio: 0.5, expected: 250 },
  { times: [1e12], ratio: 0.5, expected: 1e12 },
])('the percentile $ratio of $times is $expected', ({ times, ratio, expected }) => {
  expect(histogramOf(times).percentile(ratio)).toBe(expected);
});

test('the mean is exact', () => {
  expect(histogramOf([1, 2, 6]).meanMs).toBe(3);
  expect(histogramOf([]).meanMs).toBe(0);
});
