import { describe, expect, it } from 'vitest';
import schemaJson from '../../../schemas/resilience.schema.json' with { type: 'json' };
import { parseText } from '../syntax/parse.ts';
import { validateSchema } from './validate.ts';

/** Where a definition can stand, so that its examples are seen by the validator. */
const PLACES: Readonly<Record<string, (value: unknown) => object>> = {
  Objectives: (objectives) => ({ objectives }),
  LatencyObjective: (latency) => ({ objectives: { latency } }),
  Group: (group) => ({ redundancy: { group } }),
  Member: (member) => ({ redundancy: { group: { active: [member] } } }),
  Latency: (latency) => ({ services: { a: { latency } } }),
  Failures: (failures) => ({ redundancy: { group: { failures } } }),
  Recovery: (recovery) => ({ redundancy: { group: { recovery } } }),
  Replication: (replication) => ({ redundancy: { group: { replication } } }),
  Detection: (detection) => ({ redundancy: { group: { detection } } }),
  Failover: (failover) => ({ redundancy: { group: { failover } } }),
  FailureDomain: (a) => ({ zones: { a } }),
  DomainRepair: (repair) => ({ network: { mtbf: '1h', repair } }),
  RepairCrew: (a) => ({ repairCrews: { a } }),
  CircuitBreaker: (a) => ({ circuitBreakers: { a } }),
  Bulkhead: (a) => ({ bulkheads: { a } }),
  Retry: (a) => ({ retries: { a } }),
  Backoff: (backoff) => ({ retries: { a: { backoff } } }),
  RateLimiter: (a) => ({ rateLimiters: { a } }),
  ConcurrencyLimit: (a) => ({ concurrencyLimits: { a } }),
  ConnectionPool: (a) => ({ connectionPools: { a } }),
  Service: (a) => ({ services: { a } }),
  ServiceObjectives: (objectives) => ({ services: { a: { objectives } } }),
  Traffic: (traffic) => ({ services: { a: { traffic } } }),
  ProfilePoint: (point) => ({ services: { a: { traffic: { profile: [point] } } } }),
  Bursts: (bursts) => ({ services: { a: { traffic: { rate: '40/s', bursts } } } }),
  Trace: (trace) => ({ services: { a: { traffic: { trace } } } }),
  Call: (call) => ({ services: { a: { calls: [call] } } }),
  Hedge: (hedge) => ({ services: { a: { calls: [{ to: 'b', hedge }] } } }),
  Cache: (cache) => ({ services: { a: { calls: [{ to: 'b', cache }] } } }),
  Fallback: (fallback) => ({ services: { a: { calls: [{ to: 'b', fallback }] } } }),
  FallbackStep: (step) => ({ services: { a: { calls: [{ to: 'b', fallback: [step] }] } } }),
  Scenario: (a) => ({ scenarios: { a } }),
  Fault: (fault) => ({ scenarios: { a: { faults: [fault] } } }),
  Rollout: (rollout) => ({ scenarios: { a: { faults: [{ rollout }] } } }),
  Partition: (partition) => ({ scenarios: { a: { faults: [{ partition }] } } }),
  RandomFailures: (randomFailures) => ({ scenarios: { a: { faults: [{ randomFailures }] } } }),
  RepairRange: (repair) => ({
    scenarios: { a: { faults: [{ randomFailures: { count: 1, repair } }] } },
  }),
  WorstDegradation: (degradation) => ({
    scenarios: {
      a: {
        faults: [{ randomFailures: { count: 1, degradation, repair: { min: '1s', max: '2s' } } }],
      },
    },
  }),
  Load: (load) => ({ scenarios: { a: { load } } }),
  Expectations: (expect) => ({ scenarios: { a: { expect } } }),
  Simulation: (simulation) => ({ simulation }),
};

describe('the examples of the schema', () => {
  const withExamples = Object.entries(schemaJson.$defs).filter(
    ([, definition]) => 'properties' in definition,
  );

  it.each(withExamples)('%s: are valid, and there is one', (name, definition) => {
    const examples: readonly unknown[] = 'examples' in definition ? definition.examples : [];
    expect(examples.length).toBeGreaterThan(0);
    for (const example of examples) {
      const config = { version: 1, ...PLACES[name]?.(example) };
      const { root } = parseText(JSON.stringify(config));
      expect(Object.keys(config)).toHaveLength(2);
      expect(root && validateSchema(root)).toEqual([]);
    }
  });
});
