import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { exp, log, log1p, power } from './portable.ts';

/** Differences from the engine's own, which is right to the last place or one beside it. */
function near(actual: number, expected: number, places = 4): void {
  expect(Math.abs(actual - expected)).toBeLessThanOrEqual(
    Math.max(Math.abs(expected) * places * Number.EPSILON, Number.MIN_VALUE * places),
  );
}

const positive = fc.double({ min: Number.MIN_VALUE, noNaN: true, noDefaultInfinity: true });

describe('portable', () => {
  test('log', () => {
    fc.assert(fc.property(positive, (x) => near(log(x), Math.log(x))));
    fc.assert(
      fc.property(fc.double({ min: 0.5, max: 2, noNaN: true }), (x) => near(log(x), Math.log(x))),
    );
  });

  test('exp', () => {
    fc.assert(
      fc.property(fc.double({ min: -745, max: 709, noNaN: true }), (x) =>
        near(exp(x), Math.exp(x)),
      ),
    );
    fc.assert(
      fc.property(fc.double({ min: -2, max: 2, noNaN: true }), (x) => near(exp(x), Math.exp(x))),
    );
  });

  test('log1p', () => {
    fc.assert(
      fc.property(fc.double({ min: -0.999, max: 9, noNaN: true }), (x) =>
        near(log1p(x), Math.log1p(x), 8),
      ),
    );
  });

  test('power', () => {
    const base = fc.double({ min: 1e-6, max: 1e6, noNaN: true });
    fc.assert(
      fc.property(base, fc.double({ min: 0.05, max: 10, noNaN: true }), (x, y) => {
        near(power(x, y), x ** y, 4 * (1 + Math.abs(y * Math.log(x))));
      }),
    );
  });

  test.each<[number, number]>([
    [log(1), 0],
    [log(0), Number.NEGATIVE_INFINITY],
    [log(-1), Number.NaN],
    [log(Number.NaN), Number.NaN],
    [log(Number.POSITIVE_INFINITY), Number.POSITIVE_INFINITY],
    [exp(0), 1],
    [exp(710), Number.POSITIVE_INFINITY],
    [exp(-746), 0],
    [exp(Number.NaN), Number.NaN],
    [exp(Number.NEGATIVE_INFINITY), 0],
    [power(0, 2), 0],
    [power(7, 1), 7],
    [log1p(0), 0],
    [log1p(1e-300), 1e-300],
  ])('at the edges: %d is %d', (actual, expected) => expect(actual).toBe(expected));
});

/** Computed once; any engine must give these bits. */
test('is the same to the last bit everywhere', () => {
  const bits = [log(0.3), log(12345.678), exp(0.7), exp(-31.4), power(1.7, 3.3), log1p(0.01)];
  expect(bits.map((value) => value.toString())).toMatchInlineSnapshot(`
    [
      "-1.2039728043259361",
      "9.421061321291832",
      "2.0137527074704766",
      "2.3075614138262324e-14",
      "5.760781994950998",
      "0.009950330853168085",
    ]
  `);
});
