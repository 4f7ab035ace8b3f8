import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { formatPercent, formatRate, parseRate, parseRatio } from './quantity.ts';

describe('parseRate', () => {
  it.each([
    ['40/s', 40],
    ['40/sec', 40],
    ['1.5k/s', 1_500],
    ['1.005k/s', 1_005],
    ['3k/min', 50],
    ['60/m', 1],
    ['90/minute', 1.5],
    ['7200/h', 2],
    ['3600/hour', 1],
    ['0/s', 0],
  ])('reads %s as %d per second', (text, perSecond) => {
    expect(parseRate(text)).toBe(perSecond);
  });

  it.each([
    '',
    '40',
    '40/',
    '/s',
    '-1/s',
    '40 / s',
    '40/d',
    '40M/s',
    '1e3/s',
    `${'9'.repeat(400)}/s`,
  ])('refuses %j', (text) => {
    expect(parseRate(text)).toBeUndefined();
  });
});

describe('parseRatio', () => {
  it.each([
    ['99.95%', 0.9995],
    ['99.9995%', 0.999995],
    ['10%', 0.1],
    ['0.1%', 0.001],
    ['0%', 0],
    ['100%', 1],
  ])('reads %s as exactly %d', (text, ratio) => {
    expect(parseRatio(text)).toBe(ratio);
  });

  it('gives the number nearest to what is written', () => {
    expect(99.95 / 100).toBe(0.9995);
    expect(1.1 / 100).not.toBe(0.011);
    expect(parseRatio('1.1%')).toBe(0.011);
  });

  it.each(['', '0.5', '%', '-1%', '99,9%', '50 %', '100.1%', '1e1%', `${'9'.repeat(400)}%`])(
    'refuses %j',
    (text) => {
      expect(parseRatio(text)).toBeUndefined();
    },
  );
});

describe('formatPercent', () => {
  it.each([
    [0.9995, '99.95%'],
    [0.5, '50%'],
    [1 / 3, '33.33%'],
    [2 / 3, '66.66%'],
    [0.29, '29%'],
    [3 * 0.3, '90%'],
    [1, '100%'],
    [0, '0%'],
    [0.000156, '0.015%'],
  ])('writes %d as %s', (ratio, text) => {
    expect(formatPercent(ratio)).toBe(text);
  });

  it('never rounds up to a promise that is not kept', () => {
    expect(formatPercent(0.999996)).toBe('99.9996%');
    expect(formatPercent(0.99949)).toBe('99.949%');
    expect(formatPercent(0.99999999)).toBe('99.9999%');
    expect(formatPercent(1 - 2 ** -53)).toBe('99.9999%');
  });

  it('never writes 0% for what can happen', () => {
    expect(formatPercent(0.00001)).toBe('0.001%');
    expect(formatPercent(1e-6)).toBe('0.0001%');
    expect(formatPercent(1e-9)).toBe('<0.0001%');
  });

  it('shows as many decimals as asked for, more where the ends are near', () => {
    expect(formatPercent(0.756, 0)).toBe('75%');
    expect(formatPercent(0.995, 0)).toBe('99.5%');
    expect(formatPercent(1 / 3, 4)).toBe('33.3333%');
  });

  it('is true to within the digits shown, from below', () => {
    fc.assert(
      fc.property(fc.double({ min: 1e-6, max: 1, noNaN: true }), (ratio) => {
        const shown = (parseRatio(formatPercent(ratio)) ?? Number.NaN) - ratio;
        expect(shown).toBeLessThan(1e-11);
        expect(shown).toBeGreaterThan(-1e-4);
      }),
    );
  });
});

describe('formatRate', () => {
  it.each([
    [40, '40/s'],
    [0.5, '30/min'],
    [1 / 3600, '1/h'],
    [0, '0/s'],
    [1_234.5, '1230/s'],
    [25_000, '25k/s'],
    [100 / 3, '33.3/s'],
    [0.99999, '1/s'],
  ])('writes %d as %s, as it is read', (perSecond, text) => {
    expect(formatRate(perSecond)).toBe(text);
    expect(parseRate(text)).toBeCloseTo(perSecond, perSecond > 1000 ? -2 : 1);
  });
});
