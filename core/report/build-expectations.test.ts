import fc from 'fast-check';
import { describe, expect, it, test } from 'vitest';
import { analyse } from '../analyse.ts';
import { simulate } from '../simulate.ts';
import type { ObjectiveResult, Report } from './report.ts';

/**
 * A group that is down from 60s to 90s, and a callee that fails from 120s to 150s, at 50 requests a
 * second: half of a run of 4 minutes has nothing to do with it.
 */
const shop = (expect: string) => `version: 1
redundancy:
  db: { minHealthy: 1, active: [db-1, db-2] }
circuitBreakers:
  pay: { failureThreshold: 3, recoveryTimeout: 10s, successThreshold: 2 }
bulkheads:
  slots: { size: 10, queue: 5, maxWait: 1s }
retries:
  twice: { attempts: 2, backoff: { initial: 50ms, jitter: none } }
services:
  api:
    traffic: { rate: 50/s }
    latency: 10ms
    bulkhead: slots
    calls:
      - { to: db, timeout: 1s, idempotent: true, retry: twice }
      - { to: payments, timeout: 1s, circuitBreaker: pay, fallback: { default: x } }
  payments: { latency: 20ms, errorRate: 0% }
scenarios:
  outage:
    faults:
      - { at: 60s, for: 30s, fail: db }
      - { at: 120s, for: 30s, degrade: payments, errorRate: 100% }
    expect: ${expect}
simulation: { duration: 4m, seed: 5, replications: 3 }
`;

function reportOf(clauses: string): Report {
  const outcome = simulate(analyse(shop(clauses), 'shop.resilience.yaml'));
  if (outcome.kind === 'done') return outcome.report;
  throw new Error(JSON.stringify(outcome));
}

/** How expectations of the outage are judged. */
function judged(clauses: string): readonly ObjectiveResult[] {
  return reportOf(clauses).objectives.filter(({ origin }) => origin === 'expectation');
}

describe('an expectation', () => {
  it.each<[clause: string, name: string, status: ObjectiveResult['status'], brokenAtMs?: number]>([
    [`availability: '>= 99%'`, 'Availability', 'missed', 60_000],
    [`availability: '<= 99%'`, 'Availability', 'met'],
    [`errorRate: '< 5%'`, 'Error rate', 'missed', 60_000],
    [`errorRate: '< 20%'`, 'Error rate', 'met'],
    [`degradedRate: '<= 5%'`, 'Degraded answers', 'missed', 120_000],
    [`goodput: '>= 20/s'`, 'Goodput', 'met'],
    [`goodput: '>= 45/s'`, 'Goodput', 'missed'],
    [`droppedRequests: '<= 100'`, 'Dropped requests', 'missed', 60_000],
    [`droppedRequests: '>= 1000'`, 'Dropped requests', 'met'],
    [`latencyP50: '<= 50ms'`, 'Latency p50', 'met'],
    [`latencyP99.9: '<= 1ms'`, 'Latency p99.9', 'missed', 0],
    [`recoversWithin: 10s`, 'Recovers within', 'missed', 70_000],
    [`retries: '< 2000'`, 'Retries', 'met'],
    [`retries: '< 50'`, 'Retries', 'missed', 60_000],
    [`amplification: '<= 1.2'`, 'Amplification', 'met'],
    [`breakerOpens: '<= 0'`, 'Breaker opens', 'missed', 120_000],
    [`breakerState: closed`, 'Breaker state', 'met'],
    [`breakerState: open`, 'Breaker state', 'missed'],
    [`poolUse: '<= 50%'`, 'Pool use', 'met'],
    [`queue: '<= 2'`, 'Queue', 'met'],
    [`rejections: '<= 10'`, 'Rejections', 'missed', 120_000],
    [
      `of: payments, from: 2m, to: 122s, availability: '>= 50%'`,
      'Availability of payments, 2m to 2m 2s',
      'missed',
      120_000,
    ],
    [`of: payments, errorRate: '<= 50%'`, 'Error rate of payments', 'met'],
    [`of: payments, latencyP99: '<= 25ms'`, 'Latency p99 of payments', 'met'],
    [`of: db, availability: '>= 87%'`, 'Availability of db', 'met'],
    [`of: db, availability: '>= 88%'`, 'Availability of db', 'missed', 60_000],
    [`of: db, recoversWithin: 31s`, 'Recovery of db', 'met'],
    [`of: db, recoversWithin: 29s`, 'Recovery of db', 'missed', 89_000],
    [`of: pay, breakerOpens: '<= 9'`, 'Breaker opens of pay', 'met'],
    [`of: slots, rejections: '<= 0'`, 'Rejections of slots', 'met'],
    [`of: api, calling: db, retries: '>= 500'`, 'Retries of api calling db', 'met'],
    [`of: api, calling: payments, retries: '<= 0'`, 'Retries of api calling payments', 'met'],
    [
      `of: api, calling: payments, amplification: '<= 0.99'`,
      'Amplification of api calling payments',
      'met',
    ],
    [`from: 1m, to: 89s, availability: '<= 1%'`, 'Availability, 1m to 1m 29s', 'met'],
    [`from: 91s, to: 2m, availability: '>= 99%'`, 'Availability, 1m 31s to 2m', 'met'],
    [`to: 59s, droppedRequests: '<= 0'`, 'Dropped requests, 0s to 59s', 'met'],
    [`from: 151s, breakerOpens: '<= 1'`, 'Breaker opens, from 2m 31s', 'met'],
    [`from: 2m, to: 125s, breakerState: open`, 'Breaker state, 2m to 2m 5s', 'met'],
    [`during: fault, availability: '<= 55%'`, 'Availability, during faults', 'met'],
    [`after: fault, availability: '>= 98%'`, 'Availability, after faults', 'met'],
    [`after: fault, latencyP99: '<= 500ms'`, 'Latency p99, after faults', 'met'],
  ])('%s', (clause, name, status, brokenAtMs) => {
    const [result] = judged(`{ ${clause} }`);
    expect(result).toMatchObject({ name, status });
    if (status === 'met') expect(result?.violation).toBe(null);
    if (brokenAtMs !== undefined) {
      // To within the stretch into which it falls.
      expect(result?.violation?.replication).toBe(1);
      expect(result?.violation?.atMs).toBeGreaterThanOrEqual(brokenAtMs - 1);
      expect(result?.violation?.atMs).toBeLessThanOrEqual(brokenAtMs + 2001);
    }
  });

  it('leads to its value', () => {
    const [result] = judged(`[{ of: payments, goodput: '>= 1/s' }]`);
    const line = shop(`[{ of: payments, goodput: '>= 1/s' }]`).split('\n')[
      result?.place.start.line as number
    ];
    expect(line?.slice(result?.place.start.character, result?.place.end.character)).toBe(
      `'>= 1/s'`,
    );
  });

  it('of a time that never comes is not decided', () => {
    const calm = shop(`{ during: fault, availability: '>= 99%' }`).replace(
      /faults:[\s\S]*?expect/,
      'expect',
    );
    const outcome = simulate(analyse(calm, 'calm.yaml'));
    if (outcome.kind !== 'done') throw new Error(outcome.kind);
    expect(outcome.report.objectives[0]).toMatchObject({
      status: 'unclear',
      achieved: 'no fault struck',
    });
  });

  it('is not decided where its interval covers the bound', () => {
    const { traffic } = reportOf(`{ availability: '>= 1%' }`);
    const percent = (100 * traffic.successRatio.mean).toFixed(3);
    expect(judged(`{ availability: '>= ${percent}%' }`)).toMatchObject([{ status: 'unclear' }]);
  });
});

test('expecting something changes nothing of what happens', () => {
  const strip = ({ objectives: _, verdict: __, ...rest }: Report) => JSON.stringify(rest);
  // As long as the other, so that every place is the same.
  const one = `{ latencyP99: '<= 1s', queue: '<= 2', from: 2m }`;
  const other = `{ latencyP99: '<= 1s',             from: 2m }`;
  expect(strip(reportOf(one))).toBe(strip(reportOf(other)));
});

test('what happens in the parts of a run is what happens in the run', () => {
  const dropped = (window: string) => {
    const [result] = judged(`{ ${window} droppedRequests: '>= 999999' }`);
    return Number(result?.achieved.replace(/ ±.*/, '').replace(/\s/g, ''));
  };
  const whole = dropped('');
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 239 }), (seconds) => {
      const parts = dropped(`to: ${seconds}s,`) + dropped(`from: ${seconds}s,`);
      // Means are shown rounded.
      expect(Math.abs(parts - whole)).toBeLessThanOrEqual(1);
    }),
    { numRuns: 6 },
  );
});
