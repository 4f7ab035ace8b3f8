import { expect, it } from 'vitest';
import { countText, listed, numberText, plural, shortened } from './words.ts';

it.each([
  [999, '999'],
  [9_999, '9999'],
  [24_013, '24\u202f013'],
  [1_234_567, '1\u202f234\u202f567'],
  [Number.NaN, '–'],
])('writes %d as %s', (count, text) => expect(countText(count)).toBe(text));

it('counts one and many', () => {
  expect([0, 1, 2].map((count) => plural(count, 'failure'))).toEqual([
    '0 failures',
    '1 failure',
    '2 failures',
  ]);
  expect(plural(2, 'reply', 'replies')).toBe('2 replies');
});

it.each([
  [[], ''],
  [['a'], 'a'],
  [['a', 'b'], 'a or b'],
  [['a', 'b', 'c'], 'a, b or c'],
])('lists %j as %j', (words, text) => expect(listed(words, 'or')).toBe(text));

it('names the first few and counts the rest', () => {
  expect(listed(['a', 'b', 'c', 'd'], 'and', 2)).toBe('a, b and 2 more');
});

it('shortens what would flood a sentence', () => {
  expect(shortened('short')).toBe('short');
  expect(shortened('x'.repeat(100), 10)).toBe(`${'x'.repeat(9)}…`);
});

it.each([
  [0.00341, '0.00341'],
  [4.314, '4.31'],
  [128.4, '128'],
  [24_013, '24\u202f013'],
  [Number.POSITIVE_INFINITY, '∞'],
])('writes the number %d as %s', (value, text) => expect(numberText(value)).toBe(text));
