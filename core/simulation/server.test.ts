import { expect, test } from 'vitest';
import { Server } from './server.ts';

test('requests are served one after another, at the pace of the capacity', () => {
  const server = new Server(100);
  expect([0, 0, 5, 100].map((nowMs) => server.serve(nowMs))).toEqual([10, 20, 30, 110]);
});

test('a crash forgets the line', () => {
  const server = new Server(1);
  for (let i = 0; i < 5; i++) server.serve(0);
  server.reset();
  expect(server.load(10)).toBe(0);
  expect(server.serve(10)).toBe(1010);
});

test('the load is what was asked for in the last second, as a share of the capacity', () => {
  const server = new Server(20);
  for (let nowMs = 0; nowMs < 5000; nowMs += 100) server.serve(nowMs);
  expect(server.load(4999)).toBeCloseTo(0.5, 1);
  for (let i = 0; i < 30; i++) server.serve(5000);
  expect(server.load(5000)).toBeGreaterThan(1);
  expect(server.load(6100)).toBe(0);
});
