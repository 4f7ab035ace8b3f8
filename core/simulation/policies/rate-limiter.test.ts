import { expect, test } from 'vitest';
import { noFailures } from '../outcome.ts';
import { loadTest, simulated } from '../testing/model.ts';

test('a rate limiter lets through its burst and its rate, and rejects the rest', () => {
  const { first } = simulated(`
rateLimiters: { partner: { rate: 50/s, burst: 10 } }
services:
  client: { traffic: { rate: 2k/s }, latency: 0s, calls: [{ to: server, rateLimiter: partner }] }
  server: { latency: 10ms }
simulation: { duration: 20s, replications: 1 }
`);
  const limiter = first.world.rateLimiters.get('partner');
  const { arrived, failures } = first.world.statistics;
  // 1010 by the time of 20 s, of which the last may not have been asked for.
  expect([1009, 1010]).toContain(limiter?.admitted);
  expect(failures['rate-limited']).toBe(limiter?.rejected);
  expect((limiter?.admitted ?? 0) + (limiter?.rejected ?? 0)).toBe(arrived);
});

const waiting = (call: string) => `
rateLimiters: { partner: { rate: 10/s, burst: 5, maxWait: 1h } }
services:
  client: { latency: 0s, calls: [{ to: server, rateLimiter: partner, ${call} }] }
  server: { latency: 0s }
scenarios:
  load: { load: { requests: 100, callers: 100, services: [client] } }
simulation: { duration: 1h, replications: 1 }
`;

test('those who may wait go one by one', () => {
  const { durationMs, succeeded } = loadTest(waiting(''));
  expect(succeeded).toBe(100);
  expect(durationMs).toBe((100 - 5) * 100);
});

test('those who are given up while they wait leave their token to others', () => {
  const { failures, succeeded, world } = loadTest(waiting('deadline: 950ms'));
  // Five at once, and nine in turn.
  expect(succeeded).toBe(14);
  expect(failures).toEqual({ ...noFailures(), deadline: 86 });
  const limiter = world.rateLimiters.get('partner');
  expect([limiter?.queued, limiter?.waited]).toEqual([0, 9]);
  expect(limiter?.machine.take(1000)).toBe(0);
});
