import { expect, test } from 'vitest';
import { analyse, type Report, simulate } from '../index.ts';

function reportOf(group: string, faults: string, call = '', replications = 1): Report {
  const text = `version: 1
redundancy: { db: { minHealthy: 1, latency: 10ms, ${group} } }
services: { web: { traffic: { rate: 100/s }, calls: [{ to: db, ${call} }] } }
scenarios: { test: { faults: [${faults}] } }
simulation: { duration: 1m, replications: ${replications} }
`;
  const outcome = simulate(analyse(text, 'test.resilience.yaml'));
  if (outcome.kind !== 'done') throw new Error(JSON.stringify(outcome));
  return outcome.report;
}

const eventsOf = ({ timeline }: Report) =>
  timeline.events.map(({ kind, text }) => `${kind}: ${text}`);

test('a failure that has to be found out is told with what that cost', () => {
  const report = reportOf(
    'active: [a, b], detection: { interval: 1s, missed: 3 }',
    '{ at: 20s, fail: a, for: 10s }, { at: 40s, fail: a, for: 1s }',
    '',
    3,
  );
  const [db] = report.groups;
  expect(db).toMatchObject({ mistakes: 0, failover: null });
  expect(db?.detection).toMatchObject({ found: 1, unnoticed: 1, weakenings: 0 });
  expect(db?.detection?.slowestMs).toBeGreaterThan(2500);
  expect(db?.detection?.slowestMs).toBeLessThanOrEqual(3500);
  // Half of what arrived in 2.5 s to 3.5 s, and in the second of which nobody knew.
  expect(db?.detection?.refused).toBeGreaterThan(120);
  expect(db?.detection?.refused).toBeLessThan(300);
  expect(eventsOf(report)).toEqual([
    'fault: a fails (crash, high)',
    expect.stringMatching(/^fault: a is found to have failed after [23][.\d]*s$/),
    'repair: a is back after 10s',
    'fault: a fails (crash, high)',
    'repair: a is back after 1s',
  ]);
});

test('the slowest detection is that of any replication, as the rest is of the first', () => {
  const slowest = (replications: number) =>
    reportOf('active: [a, b], detection: {}', '{ at: 20s, fail: a }', '', replications).groups[0]
      ?.detection?.slowestMs ?? 0;
  expect(slowest(20)).toBeGreaterThan(slowest(1));
});

test('a weakening member is told, and so is when it is trusted again', () => {
  const report = reportOf(
    'active: [a, b], detection: { method: phi-accrual }',
    '{ at: 20s, degrade: a, latency: 600ms, for: 10s }',
  );
  expect(report.groups[0]?.detection).toMatchObject({ found: 0, weakenings: 1 });
  expect(eventsOf(report)).toEqual([
    'fault: a is degraded: 600ms slower',
    'fault: a weakens: no new work until its heartbeats come in time',
    'repair: a is trusted again',
    'repair: a is no longer degraded',
  ]);
});

test('a database is told by its retries, and by the members that calls found ill', () => {
  const report = reportOf(
    'active: [a, b], failover: { wait: 100ms, healthCheck: 10s }',
    '{ at: 20s, degrade: a, errorRate: 100%, for: 5s }',
    'operation: write',
  );
  const [db] = report.groups;
  expect(db?.detection).toBeNull();
  expect(db?.failover?.degraded).toBe(1);
  expect(db?.failover?.restored).toBe(1);
  expect(db?.failover?.retries).toBeGreaterThanOrEqual(1);
  expect(eventsOf(report).slice(1, 2)).toEqual([
    'fault: a failed a call: no new work until it is found well',
  ]);
});

test('a member that calls take for failed though it is up is told as a mistake', () => {
  const report = reportOf(
    'active: [a], standby: [b], failover: { wait: 100ms }',
    '{ at: 20s, degrade: a, latency: 10s, for: 20s }',
    'timeout: 200ms',
  );
  expect(report.groups[0]?.mistakes).toBe(1);
  expect(eventsOf(report)).toContain('fault: a is up, but taken for failed');
});
