import { expect, test } from 'vitest';
import { estimate, studentT95, wilson95 } from './estimate.ts';

// Quantiles of NIST's table of Student's t; those beyond 30 from R's qt(0.975, df).
test.each([
  [1, 12.706],
  [4, 2.776],
  [30, 2.042],
  [31, 2.0395],
  [60, 2.0003],
  [120, 1.9799],
  [1000, 1.9623],
])('with %i degrees of freedom the interval reaches %f standard errors', (degrees, expected) => {
  expect(studentT95(degrees)).toBeCloseTo(expected, 3);
});

test('the interval of a few values is that of the textbook', () => {
  // Mean 3, variance 2.5, so 2.776 × √(2.5 / 5).
  const { halfWidth, mean } = estimate([1, 2, 3, 4, 5]);
  expect(mean).toBe(3);
  expect(halfWidth).toBeCloseTo(1.963, 3);
});

test('equal values have exactly their value and no spread', () => {
  expect(estimate([0.1, 0.1, 0.1])).toEqual({ mean: 0.1, halfWidth: 0 });
});

test.each([
  { values: [7], expected: { mean: 7, halfWidth: null } },
  { values: [], expected: { mean: 0, halfWidth: null } },
])('$values say nothing about their spread', ({ values, expected }) => {
  expect(estimate(values)).toEqual(expected);
});

test.each([
  [100, 100, 0.963, 1],
  [0, 10, 0, 0.2775],
  [81, 263, 0.2553, 0.3662],
])("Wilson's interval of %i in %i", (successes, trials, lower, upper) => {
  const interval = wilson95(successes, trials);
  expect(interval.lower).toBeCloseTo(lower, 3);
  expect(interval.upper).toBeCloseTo(upper, 3);
});
