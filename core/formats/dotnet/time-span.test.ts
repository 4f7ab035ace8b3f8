import { expect, it } from 'vitest';
import { isRefusedTimeSpan, parseTimeSpan, writeTimeSpan } from './time-span.ts';

it.each([
  ['00:00:30', 30_000],
  ['00:00:00.100', 100],
  ['00:00:00.1000000', 100],
  ['00:05', 300_000],
  ['1.00:00:00', 86_400_000],
  ['30', 30 * 86_400_000],
  ['-00:00:01', -1_000],
])('%s', (text, ms) => expect(parseTimeSpan(text)).toBe(ms));

it.each(['', 'soon', '00:61:00', '25:00:00', '10s', '1:2:3:4'])('%s is none', (text) => {
  expect(parseTimeSpan(text)).toBeUndefined();
  expect(isRefusedTimeSpan(text)).toBe(text === '10s');
});

it.each([30_000, 100, 86_400_000 + 61_001])('writes %d so that it is read again', (ms) => {
  expect(parseTimeSpan(writeTimeSpan(ms))).toBe(ms);
});
