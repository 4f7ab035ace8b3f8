import { describe, expect, it, vi } from 'vitest';
import { modelOf } from '../simulation/testing/model.ts';
import { type ComebackOptions, comebackSentence, findComebackLimit } from './index.ts';

// A search takes its time on a busy machine.
vi.setConfig({ testTimeout: 60_000 });

/** Two tries, at nearly all that the database can serve; after Bronson et al. (HotOS 2021). */
const storm = (rate: string, call = 'retry: twice, idempotent: true') => `
retries:
  twice: { attempts: 2, backoff: { initial: 0ms, jitter: none } }
services:
  web: { traffic: { rate: ${rate} }, calls: [{ to: db, timeout: 400ms, onTimeout: abandon, ${call} }] }
  db: { latency: 1ms, capacity: 100/s }
scenarios:
  calm: {}
  outage: { faults: [{ at: 10s, degrade: db, errorRate: 100%, for: 20s }] }
simulation: { duration: 5m, seed: 3 }
`;

function found(yaml: string, options: ComebackOptions = { replications: 3 }) {
  const result = findComebackLimit(modelOf(yaml), options);
  if (result.kind !== 'found') throw new Error(JSON.stringify(result));
  return result;
}

describe('a system that its retries keep down', () => {
  const result = found(storm('90/s'));

  it('is stuck as written, from near the load that the formula gives', () => {
    expect(result).toMatchObject({
      scenario: 'outage',
      loadPerSecond: 90,
      asWritten: { outcome: 'stuck', factor: 1, stuck: 3 },
      closedForm: { node: 'db', capacityPerSecond: 100, amplification: 2 },
    });
    // 50/s: what grows without end above it takes a while to outgrow the timeout.
    expect(result.closedForm?.factor).toBeCloseTo(50 / 90, 9);
    const [low, high] = [result.limits.comesBack, result.limits.gives].map(
      (trial) => 90 * (trial?.factor ?? Number.NaN),
    ) as [number, number];
    expect(low).toBeGreaterThan(45);
    expect(high).toBeLessThan(60);
    expect(high / low).toBeLessThanOrEqual(1.04);
  });

  it('comes back without the retries, with a breaker or with a pool; not with more patience', () => {
    const outcome = (start: string) =>
      result.changes.find(({ title }) => title.startsWith(start))?.trial.outcome;
    expect(result.triedAt).toBe(1);
    expect(outcome("Retry nothing in 'twice'")).toBe('comes-back');
    expect(outcome('Put a default circuit breaker')).toBe('comes-back');
    expect(outcome('Put a bulkhead of 20 around')).toBe('comes-back');
    expect(outcome("Wait for 'web'")).toBe('stuck');
    const order = result.changes.map(({ trial }) => trial.outcome);
    expect(order.lastIndexOf('comes-back')).toBeLessThan(order.indexOf('stuck'));
  });

  it('is told in one sentence', () => {
    expect(comebackSentence(result)).toMatch(/^Stuck: under its load of 90\/s .* 3 of 3 runs/);
  });
});

it('a system far below its limit comes back; changes are tried above it', () => {
  const result = found(storm('25/s'));
  expect(result.asWritten.outcome).toBe('comes-back');
  expect(25 * (result.limits.gives?.factor ?? 0)).toBeGreaterThan(45);
  expect(25 * (result.limits.gives?.factor ?? 0)).toBeLessThan(60);
  expect(result.triedAt).toBeGreaterThan(result.limits.gives?.factor ?? 9);
  expect(result.changes[0]?.trial.outcome).toBe('comes-back');
  expect(comebackSentence(result)).toMatch(
    /^Comes back: .* It stays down from about 5\d(\.\d)?\/s/,
  );
});

it('a system without retries comes back under every load that it carries', () => {
  const result = found(storm('60/s', ''));
  expect(result.limits.gives?.outcome).toBe('overloaded');
  expect(60 * (result.limits.gives?.factor ?? 0)).toBeGreaterThan(95);
  expect(result).toMatchObject({ closedForm: undefined, changes: [] });
});

it.each([
  // The line grows so slowly that it takes longer than until the fault to be noticed.
  '103/s',
  '130/s',
])('a load that is too much without any fault is not called stuck: %s', (rate) => {
  const result = found(storm(rate, ''));
  expect(result.asWritten.outcome).toBe('overloaded');
  expect(comebackSentence(result)).toMatch(/^Overloaded: its load of \d+\/s is too much/);
  expect(Number.parseInt(rate, 10) * (result.limits.comesBack?.factor ?? 0)).toBeGreaterThan(90);
  expect(result.changes).toEqual([]);
});

describe('nothing is found', () => {
  const refused = (yaml: string, options: ComebackOptions = {}) =>
    findComebackLimit(modelOf(yaml), options);

  it.each([
    ['without faults', storm('90/s').replace(/faults: \[.*\]/, ''), {}, /^No scenario has faults/],
    ['in a scenario without', storm('90/s'), { scenario: 'calm' }, /^The scenario 'calm' has no f/],
    ['by another name', storm('90/s'), { scenario: 'other' }, /^There is no scenario 'other'/],
    [
      'without traffic',
      storm('9/s').replace('traffic: { rate: 9/s }, ', ''),
      {},
      /^No service has traffic/,
    ],
    [
      'where nothing can be simulated',
      storm('90/s'),
      { replications: 0 },
      /'replications' must be a whole number/,
    ],
  ])('%s', (_, yaml, options, message) => {
    expect(refused(yaml, options)).toMatchObject({
      kind: 'refused',
      problems: [{ message: expect.stringMatching(message) }],
    });
  });

  it('when it is given up, at once or later', () => {
    expect(refused(storm('90/s'), { isCancelled: () => true })).toEqual({ kind: 'cancelled' });
    let asked = 0;
    const isCancelled = () => asked++ > 40;
    expect(refused(storm('90/s'), { isCancelled })).toEqual({ kind: 'cancelled' });
  });
});

it('says how far it is', () => {
  const fractions: number[] = [];
  const onProgress = (fraction: number) => fractions.push(fraction);
  found(storm('60/s'), { replications: 1, onProgress });
  expect(fractions.at(-1)).toBe(1);
  expect(fractions).toEqual(fractions.toSorted((a, b) => a - b));
});
