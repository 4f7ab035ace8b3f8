import { describe, expect, test } from 'vitest';
import {
  countEstimate,
  countText,
  decimalText,
  durationEstimate,
  durationText,
  factorEstimate,
  mtbfText,
  mttrText,
  percentEstimate,
  percentText,
  plural,
  tallyText,
  typeText,
} from './text.ts';

test.each([
  [0, '0'],
  [9_999, '9999'],
  [24_013.4, '24\u202f013'],
  [1_234_567, '1\u202f234\u202f567'],
  [Number.NaN, '–'],
])('counts: %s', (count, text) => {
  expect(countText(count)).toBe(text);
});

test('one is singular', () => {
  expect(plural(1, 'failure')).toBe('1 failure');
  expect(plural(0, 'failure')).toBe('0 failures');
  expect(plural(2, 'copy', 'copies')).toBe('2 copies');
});

test('decimals are cut, never rounded up', () => {
  expect(decimalText(99.99)).toBe('99.9');
  expect(decimalText(29.9)).toBe('29.9');
  expect(decimalText(100)).toBe('100');
});

test.each([
  [0, '0s'],
  [0.31, '0.31ms'],
  [84.2, '84ms'],
  [1_243.7, '1.24s'],
  [148_391, '2m 28s'],
  [5_405_000, '1h 30m'],
  [219_372_000, '2d 13h'],
  [3_000_000_000, '35d'],
  [Number.POSITIVE_INFINITY, '∞'],
  [Number.NaN, '–'],
])('durations: %s ms', (ms, text) => {
  expect(durationText(ms)).toBe(text);
});

test('a mean time between failures that nothing bounds is infinite', () => {
  expect(mtbfText(null)).toBe('∞');
  expect(mtbfText(1.5)).toBe('1h 30m');
  expect(mttrText(0.5)).toBe('30s');
});

test('a mean time to recovery of what never recovered is a dash, not no time at all', () => {
  expect(mttrText(null)).toBe('–');
  expect(mttrText(0)).toBe('0s');
});

test.each([
  ['queue', 'message broker', 'message broker'],
  ['database', 'database', undefined],
  ['load-balancers', 'Load balancer', undefined],
  ['web', 'web server', 'web server'],
])('the type of the group %s: %s', (name, componentType, text) => {
  expect(typeText({ name, componentType })).toBe(text);
});

test('findings are counted by severity, the worst first', () => {
  const severities = ['hint', 'error', 'info', 'error'] as const;
  expect(tallyText(severities.map((severity) => ({ severity })))).toBe('2 errors, 1 info, 1 hint');
  expect(tallyText([])).toBe('');
});

test('percentages stay within 0 and 100', () => {
  expect(percentText(1.2)).toBe('100%');
  expect(percentText(0.999_999_9)).toBe('99.9999%');
  expect(percentText(-0.1)).toBe('0%');
});

describe('estimates', () => {
  test('the spread has one or two significant digits, rounded up', () => {
    expect(percentEstimate({ mean: 0.9872, halfWidth: 0.000_31 })).toEqual({
      value: '98.72%',
      spread: '± 0.04',
    });
    expect(percentEstimate({ mean: 0.98724, halfWidth: 0.000_153 })).toEqual({
      value: '98.724%',
      spread: '± 0.016',
    });
    expect(percentEstimate({ mean: 0.5, halfWidth: 0.12 }).spread).toBe('± 12');
    expect(percentEstimate({ mean: 1, halfWidth: 0 })).toEqual({ value: '100%', spread: '± 0' });
  });

  test('counts, durations and factors', () => {
    expect(countEstimate({ mean: 24_013.4, halfWidth: 41.2 }).spread).toBe('± 42');
    expect(durationEstimate({ mean: 84.2, halfWidth: 0.31 })).toEqual({
      value: '84ms',
      spread: '± 1ms',
    });
    expect(durationEstimate({ mean: 1_240, halfWidth: 0 }).spread).toBe('± 0');
    expect(factorEstimate({ mean: 1.084, halfWidth: 0.0062 })).toEqual({
      value: '1.08×',
      spread: '± 0.01',
    });
  });

  test('one run says nothing about its own spread', () => {
    for (const write of [percentEstimate, countEstimate, durationEstimate, factorEstimate]) {
      expect(write({ mean: 0.5, halfWidth: null })).not.toHaveProperty('spread');
    }
  });
});
