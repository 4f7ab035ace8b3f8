import { describe, expect, test } from 'vitest';
import { noFailures } from './outcome.ts';
import { oneCaller, loadTest as run } from './testing/model.ts';

describe('a timeout', () => {
  const slow = (extra = '', pool = '') => `
bulkheads: { pool: { size: 1 } }
services:
  client: { latency: 0s, calls: [{ to: server, timeout: 100ms }] }
  server: { latency: 1s ${pool} ${extra} }
`;

  test('ends the attempt for the caller', () => {
    const { durationMs, failures } = run(slow() + oneCaller(3));
    expect(failures).toEqual({ ...noFailures(), timeout: 3 });
    expect(durationMs).toBe(300);
  });

  test('does not free the slot of the work that goes on', () => {
    const { failures } = run(slow('', ', bulkhead: pool') + oneCaller(2));
    expect(failures).toEqual({ ...noFailures(), timeout: 1, 'pool-exhausted': 1 });
  });

  test('does not give back the capacity that the work takes', () => {
    const { durationMs, degraded } = run(`
services:
  client:
    latency: 0s
    calls: [{ to: server, timeout: 100ms, fallback: { default: 0 } }, { to: server }]
  server: { latency: 0s, capacity: 2/s }
${oneCaller(1)}`);
    // The first call is given up at 100 ms but served until 500 ms, and only then the second.
    expect(degraded).toBe(1);
    expect(durationMs).toBe(1000);
  });

  test('frees the slot of the pool on the side of the caller', () => {
    const yaml = `
bulkheads: { pool: { size: 1 } }
services:
  client: { latency: 0s, calls: [{ to: server, timeout: 100ms, bulkhead: pool }] }
  server: { latency: 1s }
`;
    expect(run(yaml + oneCaller(3)).failures).toEqual({ ...noFailures(), timeout: 3 });
  });
});

describe('a call is repeated', () => {
  const retry = `
retries: { twice: { attempts: 2, backoff: { initial: 0s, jitter: none } } }
bulkheads: { none: { size: 1 } }
`;
  const client = (extra: string) =>
    `client: { latency: 0s, calls: [{ to: server, retry: twice, ${extra} }] }`;
  const broken = 'server: { latency: 1ms, errorRate: 100% }';
  const slow = 'server: { latency: 1s }';

  test.each([
    { title: 'after an error', calls: client('idempotent: true'), server: broken, sent: 2 },
    {
      title: 'not after an error when it must not be done twice',
      calls: client('idempotent: false'),
      server: broken,
      sent: 1,
    },
    {
      title: 'not after a timeout when it must not be done twice',
      calls: client('idempotent: false, timeout: 10ms'),
      server: slow,
      sent: 1,
    },
  ])('$title', ({ calls, sent, server }) => {
    const { callsSent } = run(`${retry}\nservices:\n  ${calls}\n  ${server}\n${oneCaller(1)}`);
    expect(callsSent).toBe(sent);
  });

  test('although it must not be done twice, when nobody was there to do it', () => {
    const { callsSent, failures } = run(`
${retry}
redundancy: { servers: { minHealthy: 1, active: [s1] } }
services:
  ${client('idempotent: false')}
  server: { latency: 1ms, runsOn: servers }
${oneCaller(1, '{ at: 0s, fail: s1, for: 1m }')}`);
    expect(callsSent).toBe(2);
    expect(failures.unavailable).toBe(1);
  });

  test('no more once the component that made it has failed', () => {
    const { callsSent, world } = run(`
retries: { slow: { attempts: 5, backoff: { initial: 10s, factor: 1, jitter: none } } }
circuitBreakers: { server: { failureThreshold: 1, recoveryTimeout: 1h } }
redundancy: { callers: { minHealthy: 1, active: [c1] } }
services:
  client: { latency: 0s, calls: [{ to: caller, fallback: { default: 0 } }, { to: idle }] }
  caller:
    latency: 0s
    runsOn: callers
    calls: [{ to: server, retry: slow, circuitBreaker: server }]
  server: { latency: 1s, errorRate: 100% }
  idle: { latency: 1m }
${oneCaller(1, '{ at: 5s, fail: c1 }')}`);
    expect(world.station('caller').statistics.failures.unavailable).toBe(1);
    // To the caller, to the server once, and to the one who keeps the run going.
    expect(callsSent).toBe(3);
    expect(world.breakers.get('server')?.rejected).toBe(0);
  });

  test('within a budget that all calls of the policy share', () => {
    const { callsSent, arrived } = run(`
retries: { twice: { attempts: 2, backoff: { initial: 0s, jitter: none }, budget: 10% } }
services:
  ${client('idempotent: true')}
  ${broken}
${oneCaller(5000)}`);
    const retries = callsSent - arrived;
    // A tenth, where the floor of a few retries a second does not matter.
    expect(retries / arrived).toBeGreaterThan(0.09);
    expect(retries / arrived).toBeLessThan(0.11);
  });
});

describe('a fallback', () => {
  const yaml = (fallback: string) => `
services:
  client: { latency: 0s, calls: [{ to: server, fallback: ${fallback} }] }
  server: { latency: 1s }
${oneCaller(10, '{ at: 4500ms, degrade: server, errorRate: 100% }')}`;

  // Requests are answered at 1 s, 2 s, … 10 s; those from the fifth on fail.
  test.each([
    { fallback: '{ default: [] }', degraded: 6, errors: 0 },
    { fallback: '{ cache: 10m }', degraded: 6, errors: 0 },
    { fallback: '{ cache: 2500ms }', degraded: 2, errors: 4 },
    { fallback: '{ cache: 2500ms, default: null }', degraded: 6, errors: 0 },
  ])('of $fallback answers $degraded of six failed calls', ({ degraded, errors, fallback }) => {
    const result = run(yaml(fallback));
    expect(result.succeeded).toBe(4);
    expect(result.degraded).toBe(degraded);
    expect(result.failures).toEqual({ ...noFailures(), error: errors });
  });

  test('has nothing cached for requests that nobody made before', () => {
    const { degraded } = run(yaml('{ cache: 10m, keys: 1000000 }'));
    expect(degraded).toBe(0);
  });
});

describe('a circuit breaker', () => {
  const yaml = `
circuitBreakers: { payments: { failureThreshold: 3, recoveryTimeout: 30s, successThreshold: 2 } }
services:
  checkout: { traffic: { rate: 20/s }, calls: [{ to: payments, circuitBreaker: payments }] }
  payments: { latency: 50ms }
scenarios:
  load: { faults: [{ at: 2m, degrade: payments, errorRate: 100%, for: 45s }] }
simulation: { duration: 5m, replications: 1 }
`;

  test('opens under a dependency that fails, tries again, and closes when it is back', () => {
    const { world } = run(yaml);
    const breaker = world.breakers.get('payments');
    expect(breaker?.states.map(({ state }) => state)).toEqual([
      'closed',
      'open',
      'half-open',
      'open',
      'half-open',
      'closed',
    ]);
    const [, opened, tried, , triedAgain, closed] = breaker?.states ?? [];
    expect(opened?.atMs).toBeGreaterThan(120_000);
    expect(opened?.atMs).toBeLessThan(122_000);
    expect((tried?.atMs ?? 0) - (opened?.atMs ?? 0)).toBeGreaterThanOrEqual(30_000);
    expect(triedAgain?.atMs).toBeGreaterThan(165_000);
    expect(closed?.atMs).toBeLessThan(185_000);
  });

  test('keeps calls away from what fails', () => {
    const { failures, world } = run(yaml);
    const breaker = world.breakers.get('payments');
    expect(breaker?.rejected).toBe(failures['circuit-open']);
    // Open for about 60 s at 20/s; what still gets through are the calls that open it.
    expect(failures['circuit-open']).toBeGreaterThan(1000);
    expect(failures.error).toBeLessThan(12);
  });

  test('does not count a full pool on the side of the caller as a failure', () => {
    const { failures, world } = run(`
circuitBreakers: { server: { failureThreshold: 1 } }
bulkheads: { pool: { size: 1 } }
services:
  client: { latency: 0s, calls: [{ to: server, circuitBreaker: server, bulkhead: pool }] }
  server: { latency: 1s }
scenarios:
  load: { load: { requests: 50, callers: 5, services: [client] } }
simulation: { duration: 1h, replications: 1 }
`);
    expect(failures['pool-exhausted']).toBeGreaterThan(40);
    expect(world.breakers.get('server')?.opened).toBe(0);
  });
});

describe('a caller that fails', () => {
  const { world } = run(`
bulkheads: { pool: { size: 1, queue: 1, maxWait: 1h } }
circuitBreakers: { server: { failureThreshold: 1 } }
redundancy: { callers: { minHealthy: 1, active: [c1] } }
services:
  client: { latency: 0s, calls: [{ to: caller, fallback: { default: 0 } }, { to: idle }] }
  caller:
    latency: 0s
    runsOn: callers
    calls: [{ to: server, circuitBreaker: server, bulkhead: pool }]
  server: { latency: 1m, errorRate: 100% }
  idle: { latency: 5m }
scenarios:
  load:
    load: { requests: 2, callers: 2, services: [client] }
    faults: [{ at: 5s, fail: c1 }]
simulation: { duration: 1h, replications: 1 }
`);

  test('gives up the slot that it holds and its place in the queue', () => {
    expect(world.station('caller').statistics.failures.unavailable).toBe(2);
    const pool = world.pools.get('pool')?.machine;
    expect([pool?.inUse, pool?.queued]).toEqual([0, 0]);
    // The second one left just after it had been given the slot of the first.
    expect(pool?.stats.admitted).toBe(2);
    expect(world.station('server').statistics.requests).toBe(1);
  });

  test('does not hear the answer of a callee that works on', () => {
    expect(world.station('server').statistics.failures.error).toBe(1);
    expect(world.breakers.get('server')?.machine.metrics(60_000).totalCalls).toBe(0);
  });
});

test('calls are made one after another, and the first failure ends the request', () => {
  const { failures, world } = run(`
services:
  client: { latency: 10ms, calls: [{ to: a }, { to: b }, { to: c }] }
  a: { latency: 20ms }
  b: { latency: 30ms, errorRate: 100% }
  c: { latency: 40ms }
${oneCaller(1)}`);
  expect(failures).toEqual({ ...noFailures(), error: 1 });
  expect(world.engine.nowMs).toBe(60);
  expect(world.station('c').statistics.requests).toBe(0);
});

test('a queue in front of a pool makes requests wait, and those that wait too long fail', () => {
  const { failures, durationMs, succeeded } = run(`
bulkheads: { pool: { size: 1, queue: 2, maxWait: 1500ms } }
services: { client: { latency: 1s, bulkhead: pool } }
scenarios:
  load: { load: { requests: 4, callers: 4, services: [client] } }
simulation: { duration: 1h, replications: 1 }
`);
  // The first is done at 1 s, the second at 2 s; the third leaves at 1.5 s, the fourth at once.
  expect(succeeded).toBe(2);
  expect(failures).toEqual({ ...noFailures(), 'pool-exhausted': 2 });
  expect(durationMs).toBe(2000);
});

test('many requests that fail at once, one after the other, do not pile up the stack', () => {
  const { failures } = run(`
redundancy: { servers: { minHealthy: 1, active: [s1] } }
services: { client: { latency: 1s, runsOn: servers } }
${oneCaller(50_000, '{ at: 0s, fail: s1, for: 50m }')}`);
  expect(failures.unavailable).toBe(50_000);
});

test('copies and stand-ins that fail at once, one after the other, do not pile up the stack', () => {
  const { callsSent, failures, world } = run(`
bulkheads: { full: { size: 1 } }
circuitBreakers: { server: { failureThreshold: 1, recoveryTimeout: 1h } }
services:
  holder: { latency: 1h, bulkhead: full }
  spare: { bulkhead: full }
  client:
    latency: 0s
    calls:
      - { to: holder, timeout: 1s, fallback: { default: 0 } }
      - { to: server, circuitBreaker: server, hedge: { after: 1m, attempts: 20000 }, fallback: { default: 0 } }
      - { to: server, circuitBreaker: server, fallback: [${'{ call: spare },'.repeat(5000)}] }
  server: { latency: 1s, errorRate: 100% }
${oneCaller(1)}`);
  expect(failures).toEqual({ ...noFailures(), 'circuit-open': 1 });
  expect(world.breakers.get('server')?.rejected).toBe(19_999 + 1);
  expect(callsSent).toBe(1 + 1 + 5000);
});

test('a long queue of requests that fail at once does not pile up the stack', () => {
  const { failures } = run(`
bulkheads: { pool: { size: 1, queue: 50000, maxWait: 1h } }
redundancy: { servers: { minHealthy: 1, active: [s1] } }
services: { client: { latency: 1s, bulkhead: pool, runsOn: servers } }
scenarios:
  load:
    load: { requests: 50000, callers: 50000, services: [client] }
    faults: [{ at: 500ms, fail: s1, for: 50m }]
simulation: { duration: 1h, replications: 1 }
`);
  expect(failures.unavailable).toBe(50_000);
});
