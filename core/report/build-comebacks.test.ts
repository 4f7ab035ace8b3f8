import { describe, expect, it } from 'vitest';
import { analyse, type SimulationOptions, simulate } from '../index.ts';
import type { ComebackResult } from './report.ts';

/** Calls with a second try, at nearly all that the database can serve; see Bronson et al. */
function comebacksOf(yaml: string, options: SimulationOptions = {}): readonly ComebackResult[] {
  const outcome = simulate(analyse(`version: 1\n${yaml}`, 'a.resilience.yaml'), options);
  if (outcome.kind !== 'done') throw new Error(JSON.stringify(outcome));
  return outcome.report.comebacks;
}

const shop = (call: string, faults: string, duration = '4m') => `
retries:
  twice: { attempts: 2, backoff: { initial: 0ms, jitter: none } }
services:
  web: { traffic: { rate: 140/s }, calls: [{ to: db, timeout: 500ms, onTimeout: abandon, ${call} }] }
  db: { latency: 1ms, capacity: 150/s }
scenarios: { outage: { faults: [${faults}] } }
simulation: { duration: ${duration}, replications: 2, seed: 1 }
`;
const RETRY = 'retry: twice, idempotent: true';
const FAULT = '{ at: 30s, degrade: db, errorRate: 100%, for: 30s }';

describe('does it come back?', () => {
  it('not where retries keep it down', () => {
    expect(comebacksOf(shop(RETRY, FAULT))).toMatchObject([
      {
        service: 'web',
        after: 'db is degraded at 30s',
        status: 'stuck',
        runs: { recovers: 0, 'recovers-slowly': 0, unclear: 0, stuck: 2 },
        stuckRatio: { lower: expect.closeTo(0.342, 3), upper: 1 },
        backMs: null,
        unclear: null,
      },
    ]);
  });

  it('at once without them', () => {
    expect(comebacksOf(shop('', FAULT))).toMatchObject([
      { status: 'recovers', backMs: { mean: 0, halfWidth: 0 }, runs: { recovers: 2 } },
    ]);
  });

  it.each([
    ['70s', 'the run ended, or the next fault came, 10s later: too soon to tell'],
    ['50s', 'something was still wrong when the run ended'],
  ])('nobody can tell in %s', (duration, unclear) => {
    expect(comebacksOf(shop(RETRY, FAULT, duration))).toMatchObject([
      { status: 'unclear', runs: { unclear: 2 }, unclear },
    ]);
  });

  it('says it of each fault, and of those together that overlap', () => {
    const faults = `${FAULT}, { at: 40s, degrade: web, errorRate: 50%, for: 10s }, { at: 2m, degrade: web, errorRate: 50%, for: 10s }`;
    expect(comebacksOf(shop('', faults)).map(({ after, status }) => [after, status])).toEqual([
      ['db is degraded and 1 more at 30s', 'recovers'],
      ['web is degraded at 2m', 'recovers'],
    ]);
  });

  it('and of failures by chance', () => {
    const yaml = `
redundancy:
  db: { minHealthy: 1, active: [a], failures: { mtbf: 2m }, recovery: { time: 5s, maxTime: 5s, successRate: 100% } }
services: { web: { traffic: { rate: 100/s }, calls: [{ to: db }] } }
simulation: { duration: 10m, replications: 2, seed: 2 }`;
    expect(comebacksOf(yaml)).toMatchObject([
      { after: 'failures by chance', status: 'recovers', service: 'web' },
    ]);
  });

  it('nothing where nothing was wrong', () => {
    expect(comebacksOf(shop(RETRY, FAULT), { scenario: null })).toEqual([]);
  });

  it('after a rise in load that is over, where nothing else was wrong', () => {
    const rising = (call: string, last = '100/s') => `
retries: { twice: { attempts: 2, backoff: { initial: 0ms, jitter: none } } }
services:
  web: { traffic: { rate: 1/s }, calls: [{ to: db, timeout: 500ms, onTimeout: abandon, ${call} }] }
  db: { latency: 1ms, capacity: 150/s }
scenarios:
  busy:
    traffic:
      web: { profile: [{ at: 0s, rate: 100/s }, { at: 30s, rate: 100/s }, { at: 40s, rate: 250/s }, { at: 60s, rate: ${last} }] }
simulation: { duration: 6m, replications: 2, seed: 1 }
`;
    const after = 'the load had risen';
    expect(comebacksOf(rising(RETRY))).toMatchObject([{ service: 'web', after, status: 'stuck' }]);
    expect(comebacksOf(rising(''))).toMatchObject([{ service: 'web', after, status: 'recovers' }]);
    expect(comebacksOf(rising(RETRY, '110/s'))).toEqual([]);
  });
});
