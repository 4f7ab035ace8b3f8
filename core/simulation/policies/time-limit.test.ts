import { describe, expect, test } from 'vitest';
import { noFailures } from '../outcome.ts';
import { loadTest, oneCaller } from '../testing/model.ts';

describe('a deadline', () => {
  const retried = (call: string) => `
retries: { patient: { attempts: 10, backoff: { initial: 100ms, factor: 1, jitter: none } } }
services:
  client: { latency: 0s, calls: [{ to: server, retry: patient, ${call} }] }
  server: { latency: 400ms, errorRate: 100% }
${oneCaller(1)}`;

  test('ends the call while it is being tried', () => {
    // Tries begin at 0, 500, 1000 and 1500 ms.
    const { callsSent, durationMs, failures } = loadTest(retried('deadline: 1700ms'));
    expect([callsSent, durationMs]).toEqual([4, 1700]);
    expect(failures).toEqual({ ...noFailures(), deadline: 1 });
  });

  test('begins anew with each try when the retry is outside', () => {
    const { callsSent, durationMs, failures } = loadTest(
      retried('deadline: 300ms, order: [retry, deadline]'),
    );
    expect([callsSent, durationMs]).toEqual([10, 10 * 300 + 9 * 100]);
    expect(failures.deadline).toBe(1);
  });

  test('takes whoever waits for a slot out of the queue', () => {
    const { failures, world } = loadTest(`
bulkheads: { pool: { size: 1, queue: 10, maxWait: 1h } }
services:
  client: { latency: 0s, calls: [{ to: server, deadline: 1s, bulkhead: pool }] }
  server: { latency: 10s }
scenarios:
  load: { load: { requests: 3, callers: 3, services: [client] } }
simulation: { duration: 1h, replications: 1 }
`);
    expect(failures.deadline).toBe(3);
    const pool = world.pools.get('pool')?.machine;
    expect([pool?.inUse, pool?.queued]).toEqual([0, 0]);
    expect(world.station('server').statistics.requests).toBe(1);
  });

  test('is a failure for a breaker inside it, if the callee was asked', () => {
    const { failures, world } = loadTest(`
circuitBreakers: { server: { failureThreshold: 1 } }
services:
  client: { latency: 0s, calls: [{ to: server, deadline: 1s, circuitBreaker: server }] }
  server: { latency: 10s }
${oneCaller(5)}`);
    expect(failures).toEqual({ ...noFailures(), deadline: 1, 'circuit-open': 4 });
    expect(world.breakers.get('server')?.machine.metrics(0).totalCalls).toBe(1);
  });

  test('is a failure for a breaker inside it around a retry whose try is under way', () => {
    const { world } = loadTest(`
retries: { eager: { attempts: 9, backoff: { initial: 0s, jitter: none } } }
circuitBreakers: { server: { failureThreshold: 5 } }
services:
  client:
    latency: 0s
    calls:
      - to: server
        deadline: 1s
        circuitBreaker: server
        retry: eager
        order: [deadline, circuitBreaker, retry]
  server: { latency: 400ms, errorRate: 100% }
${oneCaller(1)}`);
    const { successRatePercent, totalCalls } =
      world.breakers.get('server')?.machine.metrics(0) ?? {};
    expect([totalCalls, successRatePercent]).toEqual([1, 0]);
  });

  test('is a failure for a breaker outside it, although a try before was refused here', () => {
    const { failures, world } = loadTest(`
retries: { patient: { attempts: 2, backoff: { initial: 600ms, jitter: none } } }
circuitBreakers: { server: { failureThreshold: 5 } }
concurrencyLimits: { one: { initial: 1, max: 1 } }
services:
  client:
    latency: 0s
    calls:
      - to: server
        circuitBreaker: server
        deadline: 1s
        retry: patient
        concurrencyLimit: one
        order: [circuitBreaker, deadline, retry, concurrencyLimit]
  server: { latency: 500ms }
scenarios:
  load: { load: { requests: 2, callers: 2, services: [client] } }
simulation: { duration: 1m, replications: 1 }
`);
    // The second comes through at 600 ms and would be answered at 1100 ms.
    expect(failures).toEqual({ ...noFailures(), deadline: 1 });
    expect(world.breakers.get('server')?.machine.metrics(0)).toMatchObject({
      totalCalls: 2,
      successRatePercent: 50,
    });
  });

  test('is neither failure nor success for a breaker inside it, if the callee was not asked', () => {
    const { failures, world } = loadTest(`
circuitBreakers: { server: { failureThreshold: 5 } }
bulkheads: { pool: { size: 1, queue: 10, maxWait: 1h } }
services:
  client:
    latency: 0s
    calls: [{ to: server, deadline: 1s, circuitBreaker: server, bulkhead: pool }]
  server: { latency: 10s }
scenarios:
  load: { load: { requests: 3, callers: 3, services: [client] } }
simulation: { duration: 1m, replications: 1 }
`);
    expect(failures).toEqual({ ...noFailures(), deadline: 3 });
    // The other two waited for the slot.
    expect(world.breakers.get('server')?.machine.metrics(0).totalCalls).toBe(1);
  });

  test('is a failure for a breaker outside it', () => {
    const { failures } = loadTest(`
circuitBreakers: { server: { failureThreshold: 1 } }
services:
  client:
    latency: 0s
    calls:
      - to: server
        deadline: 1s
        circuitBreaker: server
        order: [circuitBreaker, deadline]
  server: { latency: 10s }
${oneCaller(5)}`);
    expect(failures).toEqual({ ...noFailures(), deadline: 1, 'circuit-open': 4 });
  });
});

describe('work that timed out', () => {
  /** Two requests a second for ten seconds, to a server that takes four; nobody waits for longer than one. */
  const yaml = (call: string) => `
bulkheads: { pool: { size: 3 } }
services:
  client: { latency: 0s, calls: [{ to: server, timeout: 1s, bulkhead: pool, ${call} }] }
  server: { latency: 4s }
${oneCaller(10)}`;

  test('frees its slot when it is told to stop', () => {
    const { failures } = loadTest(yaml('onTimeout: abort'));
    expect(failures).toEqual({ ...noFailures(), timeout: 10 });
  });

  test('keeps its slot until its real end when it is abandoned', () => {
    // Slots are taken at 0, 1 and 2 s; from 3 s on nobody gets one, and all fail at once.
    const { durationMs, failures, world } = loadTest(yaml('onTimeout: abandon'));
    expect(failures).toEqual({ ...noFailures(), timeout: 3, 'pool-exhausted': 7 });
    expect(durationMs).toBe(3000);
    const machine = world.pools.get('pool')?.machine;
    expect(machine?.inUse).toBe(3);
  });

  test('gives the slot back then', () => {
    const { failures, world } = loadTest(`
bulkheads: { pool: { size: 1 } }
services:
  client:
    latency: 0s
    calls:
      - { to: server, timeout: 1s, bulkhead: pool, onTimeout: abandon, fallback: { default: 0 } }
      - { to: pause }
  server: { latency: 4s }
  pause: { latency: 3500ms }
${oneCaller(3)}`);
    // Each request takes the slot at its start, 4.5 s after the one before.
    expect(failures).toEqual(noFailures());
    expect(world.station('server').statistics.requests).toBe(3);
    expect(world.pools.get('pool')?.machine.stats.rejected).toBe(0);
    expect(world.pools.get('pool')?.machine.inUse).toBe(0);
  });

  test('is not tried again once a deadline has passed, and keeps what is inside that too', () => {
    const inUseAfter = (pause: string) =>
      loadTest(`
retries: { twice: { attempts: 2, backoff: { initial: 0s, jitter: none } } }
bulkheads: { pool: { size: 2 } }
circuitBreakers: { server: { failureThreshold: 1 } }
services:
  client:
    latency: 0s
    calls:
      - to: server
        deadline: 1s
        onTimeout: abandon
        retry: twice
        bulkhead: pool
        circuitBreaker: server
        fallback: { default: 0 }
      - { to: pause }
  server: { latency: 3s, errorRate: 100% }
  pause: { latency: ${pause} }
${oneCaller(1)}`);
    const early = inUseAfter('1500ms');
    expect(early.callsSent).toBe(2);
    expect(early.world.pools.get('pool')?.machine.inUse).toBe(1);
    expect(early.world.breakers.get('server')?.states).toEqual([
      { atMs: 0, state: 'closed' },
      { atMs: 1000, state: 'open' },
    ]);
    expect(inUseAfter('2500ms').world.pools.get('pool')?.machine.inUse).toBe(0);
  });

  test('keeps a slot for all tries until the last of them has ended', () => {
    const inUseAfter = (pause: string) =>
      loadTest(`
retries: { twice: { attempts: 2, backoff: { initial: 0s, jitter: none } } }
bulkheads: { pool: { size: 5 } }
services:
  client:
    latency: 0s
    calls:
      - to: server
        timeout: 1s
        onTimeout: abandon
        bulkhead: pool
        retry: twice
        fallback: { default: 0 }
        order: [fallback, bulkhead, retry, timeout]
      - { to: pause }
  server: { latency: 4s }
  pause: { latency: ${pause} }
${oneCaller(1)}`).world.pools.get('pool')?.machine.inUse;
    // The tries end at 4 and 5 s, and nobody waits for them after 2 s.
    expect([inUseAfter('2500ms'), inUseAfter('3500ms')]).toEqual([1, 0]);
  });

  test('keeps only what it was given itself, and each try its own', () => {
    const { callsSent, world } = loadTest(`
retries: { twice: { attempts: 2, backoff: { initial: 0s, jitter: none } } }
bulkheads: { pool: { size: 5 } }
services:
  client:
    latency: 0s
    calls:
      - { to: server, timeout: 1s, onTimeout: abandon, bulkhead: pool, retry: twice, fallback: { default: 0 } }
      - { to: pause }
  server: { latency: 4s }
  pause: { latency: 2500ms }
${oneCaller(1)}`);
    // Tries began at 0 and 1 s; at 4.5 s the first has ended and the second has not.
    expect(callsSent).toBe(3);
    expect(world.pools.get('pool')?.machine.inUse).toBe(1);
  });
});
