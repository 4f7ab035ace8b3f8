import { expect, test } from 'vitest';
import { FAILURE_REASONS } from './outcome.ts';
import { simulated } from './testing/model.ts';

/** The load test of the web application with bulkheads that this project set out from. */
const WORK = 'latency: { min: 100ms, max: 2s }, errorRate: 10%';
const WEB_APPLICATION = `
bulkheads:
  critical_services: { size: 20 }
  standard_services: { size: 30 }
  background_services: { size: 10 }
  external_apis: { size: 15 }
services:
  user_authentication: { bulkhead: critical_services, ${WORK} }
  payment_processing: { bulkhead: critical_services, ${WORK} }
  order_management: { bulkhead: standard_services, ${WORK} }
  product_catalog: { bulkhead: standard_services, ${WORK} }
  analytics_reporting: { bulkhead: background_services, ${WORK} }
  email_notifications: { bulkhead: background_services, ${WORK} }
  third_party_apis: { bulkhead: external_apis, ${WORK} }
scenarios:
  load-test:
    load:
      requests: 100
      callers: 50
      services:
        - user_authentication
        - payment_processing
        - order_management
        - product_catalog
        - analytics_reporting
        - third_party_apis
simulation: { duration: 10m, seed: 7, replications: 200 }
`;

const { first, replications } = simulated(WEB_APPLICATION, { scenario: 'load-test' });

test('every one of the hundred requests is answered, and the run ends with the last', () => {
  for (const run of replications) {
    const failed = FAILURE_REASONS.reduce((sum, reason) => sum + run.failures[reason], 0);
    expect(run.succeeded + failed).toBe(100);
    expect(run.unanswered).toBe(0);
    // Fifty callers with two requests each of at most two seconds, and some bad luck.
    expect(run.durationMs).toBeGreaterThan(1000);
    expect(run.durationMs).toBeLessThan(15_000);
  }
});

test('a tenth of the requests that get a slot fails', () => {
  let errors = 0;
  let worked = 0;
  for (const { failures, succeeded } of replications) {
    errors += failures.error;
    worked += failures.error + succeeded;
  }
  const deviation = Math.sqrt((0.1 * 0.9) / worked);
  expect(Math.abs(errors / worked - 0.1)).toBeLessThan(3 * deviation);
});

test('only full pools and errors of services end a request', () => {
  for (const { failures } of replications) {
    expect(failures.timeout + failures['circuit-open'] + failures.unavailable).toBe(0);
  }
  expect(replications.some(({ failures }) => failures['pool-exhausted'] > 0)).toBe(true);
});

test('pools keep their limits and their books', () => {
  const pools = [...first.world.pools].map(([name, { machine }]) => ({ name, machine }));
  expect(pools.map(({ machine, name }) => [name, machine.size])).toEqual([
    ['critical_services', 20],
    ['standard_services', 30],
    ['background_services', 10],
    ['external_apis', 15],
  ]);
  let requests = 0;
  for (const { machine } of pools) {
    const { stats } = machine;
    requests += stats.requests;
    expect(stats.peakInUse).toBeLessThanOrEqual(machine.size);
    expect(stats.requests).toBe(stats.admitted + stats.rejected);
    expect(machine.inUse).toBe(0);
  }
  expect(requests).toBe(100);
});

test('the short run is cut into buckets that are as fine', () => {
  const { durationMs } = replications[0] ?? { durationMs: 0 };
  const { arrived: counts } = first.world.statistics.timeline(durationMs);
  expect(counts.length).toBeGreaterThanOrEqual(120);
  expect(counts.length).toBeLessThanOrEqual(240);
  expect(counts.reduce((sum, count) => sum + count, 0)).toBe(100);
});
