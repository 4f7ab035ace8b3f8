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
  expect(server.serve(10)).toBe(1010);
});
