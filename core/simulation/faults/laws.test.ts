import fc from 'fast-check';
import { expect, it } from 'vitest';
import { simulated } from '../testing/model.ts';

const traffic = fc.constantFrom(
  '{ rate: 20/s }',
  '{ rate: 20/s, arrivals: constant }',
  '{ rate: 20/s, bursts: { rate: 100/s, every: 5s, for: 1s } }',
  '{ profile: [{ at: 0s, rate: 0/s }, { at: 5s, rate: 60/s }, { at: 5s, rate: 5/s }] }',
  '{ trace: { every: 1s, counts: [5, 0, 40], repeatAfter: 4s } }',
  '{ trace: { times: [0s, 100ms, 100ms, 2s], repeatAfter: 2s } }',
);
const latency = fc.constantFrom(
  '0s',
  '20ms',
  '{ p50: 10ms, shape: 0.4 }',
  '{ percentiles: { p50: 10ms, p90: 50ms, p99: 2s } }',
);
const fault = fc.tuple(
  fc.nat(8000),
  fc.constantFrom('', ', for: 1s', ', for: 5s'),
  fc.constantFrom(
    'hang: api',
    'hang: db',
    'hang: db-1',
    'fail: db-1',
    'failZone: a',
    'partition: { between: [web], and: [api] }',
    'partition: { between: [api], and: [db, web] }',
    'degrade: api, capacity: 10%, errorRate: 20%',
    'degrade: db, latency: 300ms, capacity: 50%',
    'slowRecovery: db, factor: 0',
    'slowRecovery: db, factor: 20',
    'surge: web, factor: 0',
    'surge: web, factor: 4.5',
    'clockJump: web, by: 10m',
    'clockJump: web, by: -3s',
    'rollout: { service: api, latency: 200ms, calls: [] }',
    'rollout: { service: web, calls: [{ to: api, timeout: 50ms }, { to: db }] }',
    'randomFailures: { count: 3, repair: { min: 0s, max: 3s } }',
    'randomFailures: { count: 5, kinds: [fail, hang, degrade, partition, failZone], repair: { min: 0s, max: 3s } }',
    'rollout: { service: web, bulkhead: small }',
  ),
);
const worlds = fc.record({
  traffic,
  latencies: fc.tuple(latency, latency),
  contention: fc.constantFrom('0s', '1ms', '30ms'),
  timeout: fc.constantFrom('', ', timeout: 300ms', ', timeout: 300ms, onTimeout: abandon'),
  faults: fc.array(fault, { maxLength: 5 }),
  seed: fc.nat(1000),
});

it('whatever comes and strikes, every request is accounted for and every number is one', () => {
  fc.assert(
    fc.property(worlds, ({ contention, faults, latencies, seed, timeout, traffic }) => {
      const struck = faults.map(([at, length, what]) => `{ at: ${at}ms${length}, ${what} }`);
      const run = simulated(
        `
redundancy:
  db:
    minHealthy: 1
    active: [{ id: db-1, zone: a }, { id: db-2, zone: b }]
    latency: ${latencies[0]}
    capacity: 200/s
    detection: { interval: 500ms }
    recovery: { time: 1s }
bulkheads: { small: { size: 2, queue: 3 } }
circuitBreakers: { api: { window: 2s, recoveryTimeout: 1s } }
services:
  web: { traffic: ${traffic}, latency: 1ms, calls: [{ to: api${timeout}, circuitBreaker: api }] }
  api: { latency: ${latencies[1]}, contention: ${contention}, capacity: 100/s, calls: [{ to: db${timeout} }] }
scenarios: { struck: { faults: [${struck.join(', ')}] } }
simulation: { duration: 10s, replications: 1 }
`,
        { scenario: 'struck', seed },
      );
      const [summary] = run.replications;
      const { world } = run.first;
      expect(summary?.unanswered).toBeGreaterThanOrEqual(0);
      expect(summary?.arrived).toBe(world.station('web').statistics.requests);
      for (const value of Object.values(summary?.latencyMs ?? {}))
        expect(value).toBeGreaterThan(-1);
      for (const station of world.stations.values()) {
        expect(station.working).toBeGreaterThanOrEqual(0);
        expect(Number.isFinite(station.condition.addedLatencyMs)).toBe(true);
      }
      expect(world.group('db').recoverySlowdown).toBeGreaterThanOrEqual(0);
      for (const member of world.group('db').members) expect(member.load).toBeGreaterThanOrEqual(0);
    }),
    { numRuns: 60 },
  );
});
