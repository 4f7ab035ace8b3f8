/** What no config may bring about, however strange, large or entangled. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readConfig } from '../config/index.ts';
import { checkModel } from './check.ts';

function check(text: string) {
  const failures: string[] = [];
  const { model, problems } = readConfig(text, 'a.resilience.yaml');
  const findings = checkModel(model, {
    onRuleFailure: ({ id }, error) => failures.push(`${id}: ${error}`),
  });
  expect(failures).toEqual([]);
  return { findings, model, problems };
}

const SERVICES = ['shop', '__proto__', 'constructor', '支払い', '"; drop'];
const GROUPS = ['db', 'shop', 'toString'];

const durations = fc.constantFrom('0s', '0.5ms', '1ms', '30ms', '1s', '10s', '5m', '3h', '400d');
const rates = fc.constantFrom('1/h', '3/min', '1/s', '40/s', '25k/s', '900000k/s');
const ratios = fc.constantFrom(0, 1e-9, 0.01, 0.5, 0.999, 0.999999, 1);
const counts = fc.constantFrom(1, 2, 3, 5, 40, 1_000, 4_294_967_295);
const words = (...choices: string[]) => fc.constantFrom(...choices);
const options = <T>(model: { [K in keyof T]: fc.Arbitrary<T[K]> }) =>
  fc.record(model, { requiredKeys: [] });
const callees = fc.constantFrom(...SERVICES, ...GROUPS);
const latencies = fc.oneof(
  durations,
  durations.map((mean) => ({ mean })),
  fc.constantFrom(
    { p50: '10ms', p99: '10ms' },
    { p50: '1ms', p99: '9h' },
    { min: '0s', max: '0s' },
  ),
);
/** Every second one is there, so that names mostly refer to something. */
const named = <T>(names: readonly string[], one: fc.Arbitrary<T>) =>
  fc
    .array(one, { minLength: names.length, maxLength: names.length })
    .map((all) => Object.fromEntries(names.map((name, index) => [name, all[index]])));

const calls = fc.tuple(
  fc.record({ to: callees }),
  options({
    timeout: durations,
    deadline: durations,
    onTimeout: words('abort', 'abandon'),
    operation: words('read', 'write'),
    idempotent: fc.boolean(),
    retry: words('r'),
    circuitBreaker: words('c'),
    bulkhead: words('b'),
    connectionPool: words('p'),
    concurrencyLimit: words('l'),
    rateLimiter: words('t'),
    hedge: fc.record({ after: durations, attempts: fc.constantFrom(2, 9) }),
    cache: fc.record({ maxAge: durations, staleIfError: durations, keys: counts }),
    fallback: fc.oneof(
      fc.record({ call: callees, timeout: durations }),
      fc.record({ cache: durations, default: fc.constant(0) }),
      fc.constant([{ default: 1 }, { cache: '1s' }, { call: 'shop' }]),
    ),
  }),
);

const configs = fc.record({
  version: fc.constant(1),
  objectives: options({
    availability: ratios,
    latency: options({ p50: durations, p95: durations, p99: durations }),
    rto: durations,
    rpo: durations,
  }),
  redundancy: named(
    GROUPS,
    fc
      .tuple(fc.integer({ min: 0, max: 4 }), fc.integer({ min: 0, max: 3 }), fc.uuid())
      .chain(([actives, standbys, prefix]) =>
        options({
          minHealthy: fc.constantFrom(0, 1, 2, 3, 1_000_000),
          active: fc.constant(members(`${prefix} a`, actives)),
          standby: fc.constant(members(`${prefix} s`, standbys)),
          standbyMode: words('hot', 'warm', 'cold'),
          activation: durations,
          singleton: fc.boolean(),
          loadBalancing: words('random', 'weighted'),
          latency: latencies,
          errorRate: ratios,
          capacity: rates,
          maxConnections: counts,
          failures: fc.record({ mtbf: durations }),
          recovery: options({
            time: durations,
            growth: words('linear', 'constant', 'exponential'),
            successRate: ratios,
            maxAttempts: counts,
            retryAfter: durations,
          }),
          replication: options({
            mode: words('async', 'sync', 'quorum'),
            copies: counts,
            write: counts,
            read: counts,
            lag: durations,
          }),
          detection: options({
            method: words('heartbeat', 'phi-accrual'),
            interval: durations,
            missed: counts,
          }),
          failover: options({ attempts: counts, wait: durations }),
        }),
      ),
  ),
  circuitBreakers: named(
    ['c'],
    fc
      .tuple(
        fc.oneof(
          options({ counting: words('leaky', 'consecutive'), failureThreshold: counts }),
          fc.record({ windowCalls: counts, failureRate: ratios, slowCall: durations }),
          fc.record({ window: durations, minimumCalls: counts, failureRate: ratios }),
        ),
        options({
          recoveryTimeout: durations,
          recoveryFactor: fc.constantFrom(1, 2, 1e9),
          successThreshold: counts,
          halfOpenLimit: counts,
        }),
      )
      .map(merged),
  ),
  bulkheads: named(['b'], fc.record({ size: counts, queue: fc.nat(9), maxWait: durations })),
  retries: named(
    ['r'],
    options({
      attempts: counts,
      budget: ratios,
      backoff: options({
        initial: durations,
        growth: words('constant', 'linear', 'exponential'),
        factor: fc.constantFrom(1, 2, 1e9),
        max: durations,
        jitter: words('full', 'equal', 'decorrelated', 'none'),
      }),
    }),
  ),
  rateLimiters: named(['t'], fc.record({ rate: rates, burst: counts, maxWait: durations })),
  concurrencyLimits: named(['l'], options({ max: counts })),
  connectionPools: named(
    ['p'],
    options({ max: counts, queue: fc.nat(9), acquireTimeout: durations }),
  ),
  services: named(
    SERVICES,
    options({
      tier: fc.integer({ min: 1, max: 4 }),
      objectives: options({ availability: ratios }),
      runsOn: fc.constantFrom(...GROUPS),
      instances: counts,
      bulkhead: words('b'),
      traffic: fc.record({ rate: rates }),
      latency: latencies,
      errorRate: ratios,
      capacity: rates,
      calls: fc.array(calls.map(merged), { maxLength: 4 }),
    }),
  ),
});

function members(prefix: string, count: number) {
  return Array.from({ length: count }, (_, i) =>
    i % 2 === 0
      ? { id: `${prefix}${i}`, zone: 'a' }
      : { id: `${prefix}${i}`, zone: 'b', weight: 2 },
  );
}

function merged<A extends object, B extends object>([a, b]: [A, B]): A & B {
  return { ...a, ...b };
}

describe('rules on any config', () => {
  it('do not throw, and say nothing that is no sentence', () => {
    fc.assert(
      fc.property(configs, (config) => {
        for (const { at, message, related } of check(JSON.stringify(config)).findings) {
          for (const text of [message, ...related.map((one) => one.message)]) {
            expect(text).toMatch(/^\S.*\S[.?]$/s);
            expect(text).not.toMatch(/NaN|Infinity|undefined|null|\[object| {2}|\.\.|[ (]-\d/);
          }
          expect(at.end).toBeGreaterThanOrEqual(at.start);
        }
      }),
      { numRuns: 100 },
    );
  });
});

const list = (count: number, one: (index: number) => string) =>
  Array.from({ length: count }, (_, index) => one(index)).join('\n');

describe('rules on a large config', () => {
  it('walk a chain of thousands of services with retries', () => {
    const { model } = check(`version: 1
retries: { r: { attempts: 3 } }
services:
${list(5_000, (i) => `  s${i}: { objectives: { availability: 99.9% }, calls: [{ to: s${i + 1}, timeout: 1s, retry: r }] }`)}
  s5000: { traffic: { rate: 1/s } }
`);
    expect(model.services.size).toBe(5_001);
  });

  it('walk a ring of 10,000 services, each of which calls itself as well', () => {
    const { findings, model } = check(`version: 1
services:
${list(10_000, (i) => `  s${i}: { calls: [{ to: s${(i + 1) % 10_000} }, { to: s${i} }] }`)}
`);
    expect(model.services.size).toBe(10_000);
    expect(findings.filter(({ ruleId }) => ruleId === 'dependency-cycle').length).toBe(1);
  });

  it('walk thousands of fallbacks that lead to one another', () => {
    check(`version: 1
redundancy: { g: { minHealthy: 1, active: [{ id: a, zone: x }, { id: b, zone: x }] } }
services:
${list(4_000, (i) => `  s${i}: { calls: [{ to: s${i + 1}, fallback: { call: s${i + 2} } }, { to: s${i + 3} }] }`)}
  s4000: { runsOn: g }
  s4001: {}
  s4002: {}
`);
  });

  it('walk thousands of groups, each the last of many calls', () => {
    check(`version: 1
objectives: { availability: 99.9%, rto: 1s, rpo: 1s }
redundancy:
${list(3_000, (i) => `  g${i}: { active: [{ id: m${i}, zone: a }], failures: { mtbf: 1h }, capacity: 1/s }`)}
services:
${list(3_000, (i) => `  s${i}: { traffic: { rate: 1/s }, runsOn: g${i}, calls: [{ to: s${(i * 7) % 3_000} }] }`)}
`);
  });

  it('walk a graph in which everybody calls everybody behind', () => {
    const callsOf = (i: number) =>
      list(150, (j) => (j > i ? `{ to: s${j}, fallback: { call: s${149 - (j - i)} } },` : ''));
    check(`version: 1
services:
${list(150, (i) => `  s${i}: { traffic: { rate: 1/s }, calls: [${callsOf(i).replaceAll('\n', ' ')}] }`)}
`);
  });

  it('judge what thousands of calls share once', () => {
    check(`version: 1
redundancy: { g: { minHealthy: 1, active: [a] } }
connectionPools: { p: {} }
bulkheads: { b: { size: 3 } }
circuitBreakers: { c: { window: 10s } }
services:
${list(4_000, (i) => `  s${i}: { traffic: { rate: 1/s }, bulkhead: b, calls: [{ to: g, timeout: 1s, circuitBreaker: c, bulkhead: b, connectionPool: p }] }`)}
`);
  });
});
