import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { formatDuration, formatRoughly, parseDuration } from './duration.ts';

describe('parseDuration', () => {
  it.each([
    ['0s', 0],
    ['250ms', 250],
    ['1.5s', 1_500],
    ['2m', 120_000],
    ['2min', 120_000],
    ['3h', 10_800_000],
    ['30d', 2_592_000_000],
    ['1m30s', 90_000],
    ['1h0.5s', 3_600_500],
    ['30s1m', 90_000],
    ['PT1M30S', 90_000],
    ['P1DT2H', 93_600_000],
    ['P2D', 172_800_000],
    ['PT0.25S', 250],
  ])('reads %s as %d ms', (text, ms) => {
    expect(parseDuration(text)).toBe(ms);
  });

  it('reads decimals as written, not as floating point multiplies them', () => {
    expect(1.005 * 1_000).not.toBe(1_005);
    expect(parseDuration('1.005s')).toBe(1_005);
    expect(parseDuration('0.1h')).toBe(360_000);
  });

  it.each([
    '',
    '5',
    '1.5',
    's',
    '-5s',
    '+5s',
    '5 s',
    '1m 30s',
    ' 5s',
    '5S',
    '1w',
    '1.s',
    '.5s',
    '1e3s',
    '5sm',
    '∞',
    'P',
    'PT',
    'P1DT',
    'P1W',
    'P1M',
    'PT-1S',
    'PT1S1M',
    `${'9'.repeat(400)}d`,
    `PT${'9'.repeat(400)}S`,
  ])('refuses %j', (text) => {
    expect(parseDuration(text)).toBeUndefined();
  });

  it.each([['1'.repeat(100_000)], [`${'1m'.repeat(50_000)}x`], [`PT${'1'.repeat(100_000)}`]])(
    'refuses long hostile texts',
    (text) => {
      expect(parseDuration(text)).toBeUndefined();
    },
  );
});

describe('formatDuration', () => {
  it.each([
    [0, '0ms'],
    [0.1234, '0.123ms'],
    [250, '250ms'],
    [1_500, '1.5s'],
    [150_000, '2m 30s'],
    [90_500, '1m 30.5s'],
    [60_005, '1m 5ms'],
    [10_800_000, '3h'],
    [2_592_000_000, '30d'],
    [93_600_000, '1d 2h'],
    [59_999.6, '1m'],
    [Number.POSITIVE_INFINITY, '∞'],
  ])('writes %d ms as %s', (ms, text) => {
    expect(formatDuration(ms)).toBe(text);
  });

  it('writes whole milliseconds so that they can be read back', () => {
    fc.assert(
      fc.property(fc.nat({ max: 1e13 }), (ms) => {
        expect(parseDuration(formatDuration(ms).replaceAll(' ', ''))).toBe(ms);
      }),
    );
  });
});

it.each([
  [105_484, '1m 45s'],
  [2_514, '2.51s'],
  [69_391, '1m 9s'],
  [30_081_000, '8h 21m'],
  [176_400_000, '2d 1h'],
  [0, '0ms'],
  [Number.POSITIVE_INFINITY, '∞'],
])('writes an estimate of %d ms as %s', (ms, text) => expect(formatRoughly(ms)).toBe(text));
