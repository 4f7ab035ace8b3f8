import fc from 'fast-check';
import { POLICY_ORDER } from '../../patterns/index.ts';

/** One of the texts, or nothing. */
const maybe = (...texts: string[]) => fc.option(fc.constantFrom(...texts), { nil: '' });

const join = (parts: readonly string[]) => parts.filter((part) => part !== '').join(', ');

const mapping = (...parts: fc.Arbitrary<string>[]) =>
  fc.tuple(...parts).map((texts) => `{ ${join(texts)} }`);

const breaker = mapping(
  fc.constantFrom(
    'failureThreshold: 2',
    'counting: consecutive, failureThreshold: 2',
    'windowCalls: 6, minimumCalls: 3',
    'window: 2s, minimumCalls: 3, slowCall: 200ms',
  ),
  fc.constantFrom('recoveryTimeout: 200ms', 'recoveryTimeout: 1s, recoveryFactor: 2'),
  maybe('successThreshold: 1', 'successThreshold: 2, halfOpenLimit: 1'),
);
const bulkhead = mapping(
  fc.constantFrom('size: 1', 'size: 3', 'size: 20'),
  maybe('queue: 2, maxWait: 100ms', 'queue: 10, maxWait: 1h'),
);
const retry = mapping(
  fc.constantFrom('attempts: 2', 'attempts: 4'),
  fc.constantFrom(
    'backoff: { initial: 0s }',
    'backoff: { initial: 20ms, growth: linear }',
    'backoff: { initial: 50ms, jitter: decorrelated }',
  ),
  maybe('budget: 20%, minRetriesPerSecond: 1', 'budget: 20%, budgetBurst: 2'),
);
const rateLimiter = mapping(
  fc.constantFrom('rate: 20/s', 'rate: 200/s, burst: 5'),
  maybe('maxWait: 100ms', 'maxWait: 1h'),
);
const concurrencyLimit = mapping(
  fc.constantFrom('initial: 1', 'initial: 5'),
  fc.constantFrom('max: 5', 'max: 20, algorithm: gradient'),
);
const connectionPool = mapping(
  fc.constantFrom('max: 1', 'max: 5'),
  fc.constantFrom('queue: 0', 'queue: 2, acquireTimeout: 100ms', 'queue: 100, acquireTimeout: 1h'),
  maybe('connect: 30ms'),
  maybe('idleTimeout: 50ms'),
);

const order = fc
  .shuffledSubarray([...POLICY_ORDER], { minLength: POLICY_ORDER.length })
  .map((kinds) => `order: [${kinds.join(', ')}]`);

const call = (targets: readonly string[], others: readonly string[]) =>
  mapping(
    fc.constantFrom(...targets).map((to) => `to: ${to}`),
    maybe('timeout: 30ms', 'timeout: 200ms'),
    maybe('onTimeout: abandon'),
    maybe('deadline: 100ms', 'deadline: 500ms'),
    maybe('retry: r'),
    maybe('hedge: { after: 20ms }', 'hedge: { after: 0s, attempts: 4 }'),
    maybe('rateLimiter: l'),
    maybe('concurrencyLimit: c'),
    maybe('circuitBreaker: b'),
    maybe('bulkhead: p'),
    maybe('connectionPool: n'),
    maybe('idempotent: false'),
    maybe('cache: { maxAge: 100ms, staleIfError: 1s, keys: 3 }'),
    maybe(
      'fallback: { default: 0 }',
      'fallback: { cache: 200ms }',
      `fallback: [{ call: ${others[0]}, timeout: 50ms }, { call: ${others.at(-1)} }]`,
    ),
    fc.option(order, { nil: '' }),
  );

const latency = fc.constantFrom('10ms', '0s', '{ mean: 50ms }', '{ min: 1ms, max: 300ms }');
const errorRate = fc.constantFrom('0%', '10%', '60%');

/**
 * A small system in which `web` calls `middle`, which calls `back` and a group; every policy there
 * is may be around each call, in any order. Members fail while requests are under way.
 */
export const randomConfig: fc.Arbitrary<string> = fc
  .record({
    breaker,
    bulkhead,
    retry,
    rateLimiter,
    concurrencyLimit,
    connectionPool,
    outer: fc.array(call(['middle', 'back'], ['back', 'db']), { minLength: 1, maxLength: 2 }),
    inner: fc.array(call(['back', 'db'], ['db', 'back']), { minLength: 1, maxLength: 2 }),
    latencies: fc.tuple(latency, latency, latency),
    errorRates: fc.tuple(errorRate, errorRate),
    pool: maybe(', bulkhead: p'),
    failsAtMs: fc.integer({ min: 0, max: 1500 }),
  })
  .map(
    (parts) => `
circuitBreakers: { b: ${parts.breaker} }
bulkheads: { p: ${parts.bulkhead} }
retries: { r: ${parts.retry} }
rateLimiters: { l: ${parts.rateLimiter} }
concurrencyLimits: { c: ${parts.concurrencyLimit} }
connectionPools: { n: ${parts.connectionPool} }
redundancy:
  callers: { minHealthy: 1, active: [c1, c2] }
  db: { minHealthy: 1, active: [d1], latency: ${parts.latencies[0]} }
services:
  web: { latency: 0s, runsOn: callers, calls: [${parts.outer.join(', ')}] }
  middle:
    { latency: ${parts.latencies[1]}, errorRate: ${parts.errorRates[0]}, calls: [${parts.inner.join(', ')}]${parts.pool} }
  back: { latency: ${parts.latencies[2]}, errorRate: ${parts.errorRates[1]} }
scenarios:
  load:
    faults:
      - { at: ${parts.failsAtMs}ms, fail: c1, for: 200ms }
      - { at: ${parts.failsAtMs + 50}ms, fail: d1, for: 100ms }
`,
  );
