import { describe, expect, test } from 'vitest';
import { kOutOfN } from '../analysis/index.ts';
import { type Estimate, estimate } from './estimate.ts';
import type { ReplicationSummary } from './replication.ts';
import { expectAgreement } from './testing/agreement.ts';
import { simulated } from './testing/model.ts';

function over(
  replications: readonly ReplicationSummary[],
  value: (run: ReplicationSummary) => number,
): Estimate {
  return estimate(replications.map(value));
}

test('a pool without a queue turns away what Erlang B says', () => {
  const { replications } = simulated(`
bulkheads: { pool: { size: 10 } }
services: { web: { bulkhead: pool, traffic: { rate: 90/s }, latency: { mean: 100ms } } }
simulation: { duration: 10m, replications: 10 }
`);
  // B(10 slots, 9 erlang).
  const blocked = over(replications, (run) => run.failures['pool-exhausted'] / run.arrived);
  expectAgreement(blocked, 0.16796322629158644);
});

test('a member refuses the calls beyond its connections as Erlang B says', () => {
  const { replications } = simulated(`
redundancy: { db: { minHealthy: 1, active: [db-1], maxConnections: 10, latency: { mean: 100ms } } }
services: { web: { traffic: { rate: 90/s }, latency: 0s, calls: [{ to: db }] } }
simulation: { duration: 10m, replications: 10 }
`);
  const refused = over(replications, (run) => run.failures['no-connection'] / run.arrived);
  expectAgreement(refused, 0.16796322629158644);
});

test('requests wait for a limited capacity as in M/D/1', () => {
  const yaml = `
services: { web: { traffic: { rate: 80/s }, latency: 0s, capacity: 100/s } }
simulation: { duration: 10m, replications: 1 }
`;
  const means = Array.from({ length: 20 }, (_, seed) => {
    return simulated(yaml, { seed }).first.world.statistics.latency.meanMs;
  });
  const [load, serviceMs] = [0.8, 10];
  expectAgreement(estimate(means), serviceMs + (load * serviceMs) / (2 * (1 - load)));
});

describe('retries', () => {
  // M. Brooker's simulation, reduced to what is exact: f is the chance that an attempt fails.
  test.each([0.1, 0.3, 0.5])(
    'succeed and add load as 1 − f⁴ and (1 − f⁴) / (1 − f): f = %f',
    (f) => {
      const { replications } = simulated(`
retries: { three: { attempts: 4, backoff: { initial: 0s, jitter: none } } }
services:
  client: { traffic: { rate: 100/s }, calls: [{ to: server, retry: three }] }
  server: { errorRate: ${f} }
simulation: { duration: 5m, replications: 10 }
`);
      // Of the few failures: that is harder to meet than of the many successes.
      const failed = over(replications, ({ arrived, failures }) => failures.error / arrived);
      expectAgreement(failed, f ** 4, 0.6);
      const load = over(replications, ({ callsIntended, callsSent }) => callsSent / callsIntended);
      expectAgreement(load, (1 - f ** 4) / (1 - f));
    },
  );

  test('at two levels multiply', () => {
    const { replications } = simulated(`
retries: { two: { attempts: 2, backoff: { initial: 0s, jitter: none } } }
services:
  a: { traffic: { rate: 10/s }, calls: [{ to: b, retry: two }] }
  b: { calls: [{ to: c, retry: two }] }
  c: { errorRate: 100% }
simulation: { duration: 1m, replications: 2 }
`);
    // Of each request: a calls b twice, and b calls c twice each time. Two calls were intended.
    const load = over(replications, ({ callsIntended, callsSent }) => callsSent / callsIntended);
    expect(load.mean).toBeCloseTo(3, 2);
  });
});

describe('a group with failures at random', () => {
  const group = (members: string, minimum: number) => `
redundancy:
  db:
    minHealthy: ${minimum}
    active: [${members}]
    failures: { mtbf: 10h }
    recovery: { time: 1h, growth: constant, maxTime: 1h, successRate: 100% }
simulation: { duration: 500d, replications: 10 }
`;
  test.each([
    { members: 'a', minimum: 1, exact: kOutOfN(1, 1, 10 / 11) },
    { members: 'a, b, c', minimum: 2, exact: kOutOfN(2, 3, 10 / 11) },
    { members: 'a, b, c, d, e', minimum: 3, exact: kOutOfN(3, 5, 10 / 11) },
  ])('of $members is up for $exact.up of the time when it needs $minimum', (given) => {
    const { replications } = simulated(group(given.members, given.minimum));
    // Of the time down, for the same reason.
    const down = over(replications, ({ systemAvailability }) => 1 - systemAvailability);
    expectAgreement(down, given.exact?.down ?? Number.NaN, 0.1);
  });
});

describe('latencies', () => {
  test.each([
    { latency: '{ p50: 80ms, p99: 900ms }', p50: 80, p99: 900 },
    { latency: '{ mean: 100ms }', p50: 100 * Math.log(2), p99: 100 * Math.log(100) },
    { latency: '{ min: 100ms, max: 2s }', p50: 1050, p99: 1981 },
    { latency: '40ms', p50: 40, p99: 40 },
  ])('$latency has its median at $p50 and its 99th percentile at $p99', (given) => {
    const { replications } = simulated(`
services: { web: { traffic: { rate: 200/s }, latency: ${given.latency} } }
simulation: { duration: 10m, replications: 2 }
`);
    const p50 = over(replications, ({ latencyMs }) => latencyMs?.p50 ?? Number.NaN);
    const p99 = over(replications, ({ latencyMs }) => latencyMs?.p99 ?? Number.NaN);
    // 1 % of the histogram and about as much of chance.
    expect(Math.abs(p50.mean / given.p50 - 1)).toBeLessThan(0.015);
    expect(Math.abs(p99.mean / given.p99 - 1)).toBeLessThan(0.025);
  });
});

test('requests that slow one another down take s ÷ (1 − λ c)', () => {
  // PASTA and Little's law: E[W] = s + c E[N] and E[N] = λ E[W].
  const means = Array.from({ length: 20 }, (_, seed) => {
    return simulated(
      `
services: { web: { traffic: { rate: 40/s }, latency: 1s, contention: 10ms } }
simulation: { duration: 5m, replications: 1 }
`,
      { seed },
    ).first.world.statistics.latency.meanMs;
  });
  expectAgreement(estimate(means), 1000 / (1 - 40 * 0.01));
});
