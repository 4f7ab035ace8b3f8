import { describe, expect, test } from 'vitest';
import { noFailures } from '../outcome.ts';
import { loadTest, oneCaller, simulated } from '../testing/model.ts';

const failing = (backoff: string, call = '') =>
  loadTest(`
retries: { four: { attempts: 4, backoff: { initial: 1s, jitter: none, ${backoff} } } }
services:
  client: { latency: 0s, calls: [{ to: server, retry: four, ${call} }] }
  server: { latency: 0s, errorRate: 100% }
${oneCaller(1)}`);

describe('a retry', () => {
  test.each([
    { backoff: 'growth: constant', waitedMs: 3000 },
    { backoff: 'growth: linear', waitedMs: 6000 },
    { backoff: 'growth: exponential, factor: 3, max: 1m', waitedMs: 13_000 },
    { backoff: 'growth: exponential, factor: 3, max: 5s', waitedMs: 9000 },
  ])('with $backoff waits $waitedMs ms in all', ({ backoff, waitedMs }) => {
    expect(failing(backoff).durationMs).toBe(waitedMs);
  });

  test('does not begin a wait that ends after the deadline', () => {
    const { callsSent, durationMs, failures } = failing('growth: constant', 'deadline: 2500ms');
    expect([callsSent, durationMs]).toEqual([3, 2000]);
    expect(failures).toEqual({ ...noFailures(), error: 1 });
  });

  test('may wait for longer than a deadline that is inside it', () => {
    const { callsSent } = failing('growth: constant', 'deadline: 500ms, order: [retry, deadline]');
    expect(callsSent).toBe(4);
  });

  // Nobody is there for the first try, so it may be repeated; the others meet a server that fails.
  const once = (call: string) =>
    loadTest(`
retries: { slow: { attempts: 3, backoff: { initial: 1s, factor: 1, jitter: none } } }
redundancy: { servers: { minHealthy: 1, active: [s1] } }
services:
  client: { latency: 0s, calls: [{ to: server, retry: slow, idempotent: false, ${call} }] }
  server: { latency: 0s, errorRate: 100%, runsOn: servers }
  other: { latency: 0s, errorRate: 100% }
${oneCaller(1, '{ at: 0s, fail: s1, for: 500ms }')}`);

  test('stops as soon as a try of what must not be done twice may have done it', () => {
    expect(once('').callsSent).toBe(2);
  });

  test('does not stop because of what another service did in its place', () => {
    // The server, the other, and both of them again.
    expect(once('fallback: { call: other }, order: [retry, fallback]').callsSent).toBe(4);
  });

  test('waits for as long as a rate limiter inside it asks for', () => {
    const { durationMs, succeeded } = loadTest(`
rateLimiters: { partner: { rate: 2/s, burst: 1 } }
retries: { twice: { attempts: 2, backoff: { initial: 1ms, jitter: none } } }
services:
  client: { latency: 0s, calls: [{ to: server, retry: twice, rateLimiter: partner }] }
  server: { latency: 0s }
${oneCaller(3)}`);
    expect([succeeded, durationMs]).toEqual([3, 1000]);
  });

  // All fail, so everything that the budget allows is used.
  test.each([
    { rate: 100, budget: '20%', least: 'minRetriesPerSecond: 3', retriesPerSecond: 20 },
    { rate: 100, budget: '1%', least: 'minRetriesPerSecond: 3', retriesPerSecond: 3 },
    { rate: 100, budget: '1%', least: 'minRetriesPerSecond: 7', retriesPerSecond: 7 },
    { rate: 100, budget: '5%', least: 'minRetriesPerSecond: 0', retriesPerSecond: 5 },
    { rate: 100, budget: '1%', least: 'budgetBurst: 10', retriesPerSecond: 1 },
    { rate: 100, budget: '20%', least: 'budgetBurst: 10', retriesPerSecond: 20 },
  ])(
    'of $rate calls a second with $budget and $least is made $retriesPerSecond times a second',
    (given) => {
      const { first } = simulated(`
retries:
  many:
    attempts: 10
    backoff: { initial: 0s, jitter: none }
    budget: ${given.budget}
    ${given.least}
services:
  client: { traffic: { rate: ${given.rate}/s }, latency: 0s, calls: [{ to: server, retry: many }] }
  server: { latency: 0s, errorRate: 100% }
simulation: { duration: 10m, replications: 1 }
`);
      const { retries, made } = first.world.station('client').calls[0]?.counts ?? {};
      expect(made).toBeGreaterThan(58_000);
      const perSecond = (retries ?? 0) / 600;
      expect(Math.abs(perSecond / given.retriesPerSecond - 1)).toBeLessThan(0.05);
    },
  );
});

describe('the order of retry and breaker', () => {
  const run = (order: string) =>
    loadTest(`
retries: { three: { attempts: 3, backoff: { initial: 0s, jitter: none } } }
circuitBreakers: { server: { failureThreshold: 4, recoveryTimeout: 1h } }
services:
  client:
    latency: 0s
    calls: [{ to: server, retry: three, circuitBreaker: server, order: ${order} }]
  server: { latency: 1s, errorRate: 100% }
${oneCaller(6)}`);

  test('the breaker inside sees every try: it opens within the second request', () => {
    const { callsSent, failures, world } = run('[retry, circuitBreaker]');
    // Three tries, and one, whose retry is rejected already; then one rejection each.
    expect(callsSent).toBe(4);
    expect(failures).toEqual({ ...noFailures(), 'circuit-open': 5, error: 1 });
    expect(world.breakers.get('server')?.rejected).toBe(1 + 4);
  });

  test('the breaker outside sees only how the call ends: it opens after the fourth', () => {
    const { callsSent, failures, world } = run('[circuitBreaker, retry]');
    expect(callsSent).toBe(4 * 3);
    expect(failures).toEqual({ ...noFailures(), error: 4, 'circuit-open': 2 });
    expect(world.breakers.get('server')?.rejected).toBe(2);
  });
});
