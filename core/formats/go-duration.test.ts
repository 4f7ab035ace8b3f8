import { expect, it } from 'vitest';
import { parseGoDuration } from './go-duration.ts';

it.each([
  ['5s', 5_000],
  ['300ms', 300],
  ['1.5h', 5_400_000],
  ['2h45m', 9_900_000],
  ['.5s', 500],
  ['1us', 0.001],
  ['0', 0],
  ['-1s', -1_000],
  ['0.1s0.2s', 300],
  ['5', undefined],
  ['5 s', undefined],
  ['', undefined],
  ['s', undefined],
  ['5d', undefined],
])('%s is %s ms', (text, ms) => {
  expect(parseGoDuration(text)).toBe(ms);
});
