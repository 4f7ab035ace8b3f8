import { expect, test } from 'vitest';
import { Uptime } from './uptime.ts';

test('down times add up and the longest is kept', () => {
  const uptime = new Uptime(true);
  uptime.set(false, 10);
  uptime.set(true, 30);
  uptime.set(true, 35);
  uptime.set(false, 40);
  uptime.set(true, 45);
  expect(uptime.downMs(100)).toBe(25);
  expect(uptime.longestDownMs(100)).toBe(20);
});

test('a down time that lasts counts up to now', () => {
  const uptime = new Uptime(false);
  expect(uptime.downMs(70)).toBe(70);
  expect(uptime.longestDownMs(70)).toBe(70);
  expect(uptime.isUp).toBe(false);
});

test('being down for no time leaves no trace', () => {
  const uptime = new Uptime(true);
  uptime.set(false, 10);
  uptime.set(true, 10);
  expect(uptime.downMs(20)).toBe(0);
});
