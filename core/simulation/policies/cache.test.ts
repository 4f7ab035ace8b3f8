import { describe, expect, test } from 'vitest';
import { loadTest, oneCaller, simulated } from '../testing/model.ts';

describe('a cache', () => {
  // Requests of one kind come at λ. After each that is let through, those of the age A are answered
  // from the cache: λA of them, so that of 1 + λA one is let through.
  test.each([
    { age: '1s', keys: 1, ratio: 20 / 21 },
    { age: '1s', keys: 20, ratio: 1 / 2 },
    { age: '5s', keys: 100, ratio: 1 / 2 },
    { age: '100ms', keys: 100, ratio: 0.02 / 1.02 },
  ])('of $keys keys and an age of $age answers $ratio of the calls', ({ age, keys, ratio }) => {
    const { first } = simulated(`
services:
  client: { traffic: { rate: 20/s }, latency: 0s, calls: [{ to: server, cache: { maxAge: ${age}, keys: ${keys} } }] }
  server: { latency: 0s }
simulation: { duration: 2h, replications: 1 }
`);
    const counts = first.world.station('client').calls[0]?.counts;
    const { freshAnswers = 0, made = 0, sent = 0 } = counts ?? {};
    expect(freshAnswers + sent).toBe(made);
    expect(made).toBeGreaterThan(140_000);
    // Three standard deviations if calls were independent; the first of each key is new.
    const deviation = Math.sqrt((ratio * (1 - ratio)) / made);
    expect(Math.abs(freshAnswers / made - ratio)).toBeLessThan(3 * deviation + keys / made);
  });

  test('gives a stale answer, as a degraded one, when the call fails', () => {
    const { degraded, durationMs, failures, succeeded, world } = loadTest(`
services:
  client:
    latency: 1s
    calls: [{ to: server, cache: { maxAge: 1500ms, staleIfError: 3s } }]
  server: { latency: 0s }
${oneCaller(10, '{ at: 500ms, degrade: server, errorRate: 100%, for: 1ms }, { at: 1500ms, degrade: server, errorRate: 100% }')}`);
    // Asked at 1 s with success, so fresh at 2 s, stale at 3, 4 and 5 s, and of no use from 6 s on.
    expect(durationMs).toBe(10_000);
    expect([succeeded, degraded, failures.error]).toEqual([2, 3, 5]);
    expect(world.station('client').calls[0]?.counts).toMatchObject({
      freshAnswers: 1,
      staleAnswers: 3,
      sent: 9,
    });
  });

  test('gives a degraded answer again as a degraded one', () => {
    const { degraded } = loadTest(`
services:
  client: { latency: 1s, calls: [{ to: middle, cache: { maxAge: 1m } }] }
  middle: { latency: 0s, calls: [{ to: server, fallback: { default: 0 } }] }
  server: { errorRate: 100% }
${oneCaller(3)}`);
    expect(degraded).toBe(3);
  });
});
