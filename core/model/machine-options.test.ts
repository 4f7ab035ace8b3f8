import { describe, expect, it } from 'vitest';
import { readConfig } from '../config/index.ts';
import { CircuitBreaker, ConcurrencyLimit, Replication, Retry } from '../patterns/index.ts';
import {
  breakerOptions,
  concurrencyLimitOptions,
  replicationOptions,
  retryOptions,
} from './machine-options.ts';

const modelOf = (yaml: string) => readConfig(`version: 1\n${yaml}`, 'a.resilience.yaml').model;

describe('the options of a breaker', () => {
  it.each([
    'failureThreshold: 3',
    'counting: consecutive',
    'windowCalls: 20',
    'window: 10s, failureRate: 20%',
    'window: 10s, slowCall: 2s',
    'halfOpenLimit: 2, recoveryTimeout: 10s, recoveryFactor: 2, maxRecoveryTimeout: 1m',
  ])('are accepted by the machine: { %s }', (written) => {
    const policy = modelOf(`circuitBreakers: { b: { ${written} } }`).breakers.get('b');
    expect(policy && new CircuitBreaker(breakerOptions(policy))).toBeInstanceOf(CircuitBreaker);
  });

  it('leave out from when on calls are slow where none is', () => {
    const { breakers } = modelOf(
      'circuitBreakers: { a: { window: 10s }, b: { window: 10s, slowCall: 2s } }',
    );
    const [a, b] = [...breakers.values()].map((policy) => breakerOptions(policy).trip);
    expect(a).toEqual({
      kind: 'time-window',
      windowMs: 10_000,
      minimumCalls: 10,
      failureRate: 0.5,
    });
    expect(b).toMatchObject({ slowCallMs: 2_000, slowCallRate: expect.any(Number) });
  });
});

it('the options of a retry put the waits into the backoff, and make a budget of share and floor', () => {
  const { retries } = modelOf('retries: { r: { budget: 10%, backoff: { growth: linear } } }');
  const [options] = [...retries.values()].map(retryOptions);
  expect(options).toMatchObject({ attempts: 3, backoff: { kind: 'linear', initialMs: 100 } });
  expect(options && new Retry(options)).toBeInstanceOf(Retry);
  // A tenth of no calls, so the three a second that are always allowed, of ten seconds.
  const allowed = Array.from({ length: 40 }, () => options?.budget?.tryRetry(0));
  expect(allowed.filter(Boolean)).toHaveLength(30);
});

it('the budget of a retry with a burst is a bucket that begins full', () => {
  const { retries } = modelOf('retries: { r: { budget: 10%, budgetBurst: 5 } }');
  const [options] = [...retries.values()].map(retryOptions);
  const allowed = Array.from({ length: 40 }, () => options?.budget?.tryRetry(0));
  expect(allowed.filter(Boolean)).toHaveLength(5);
});

it('the options of a concurrency limit are accepted by the machine', () => {
  const { concurrencyLimits } = modelOf('concurrencyLimits: { a: {}, b: { algorithm: gradient } }');
  for (const policy of concurrencyLimits.values()) {
    expect(new ConcurrencyLimit(concurrencyLimitOptions(policy)).limit).toBe(20);
  }
});

describe('the options of a replication', () => {
  const optionsOf = (group: string) => {
    const { groups } = modelOf(`redundancy: { db: { ${group} } }`);
    const db = groups.get('db');
    return db && replicationOptions(db);
  };
  const members = 'active: [a, b, c], standby: [d]';

  it('are none without a replication, and without members', () => {
    expect(optionsOf(members)).toBeUndefined();
    expect(optionsOf('replication: { mode: sync }')).toBeUndefined();
  });

  it('are the first members in the order of the file, as many as there are copies', () => {
    expect(optionsOf(`${members}, replication: { lag: 2s }`)).toEqual({
      mode: 'async',
      copies: ['a', 'b', 'c', 'd'],
      lagMs: 2_000,
    });
    expect(optionsOf(`${members}, replication: { mode: sync, copies: 2 }`)).toEqual({
      mode: 'sync',
      copies: ['a', 'b'],
    });
  });

  it('give majorities a vote, without standbys that are off', () => {
    const quorum = 'replication: { mode: quorum }';
    expect(optionsOf(`${members}, ${quorum}`)).toMatchObject({ write: 3, read: 3 });
    expect(optionsOf(`${members}, standbyMode: cold, ${quorum}`)).toMatchObject({
      copies: ['a', 'b', 'c'],
      write: 2,
      read: 2,
    });
  });

  it.each(['copies: 9', 'write: 7', 'read: 7', 'copies: 4000000000'])(
    'are accepted by the machine though members never hold as many: %s',
    (written) => {
      const options = optionsOf(`${members}, replication: { mode: quorum, ${written} }`);
      expect(options && new Replication(options)).toBeInstanceOf(Replication);
      expect(options?.copies).toHaveLength(5);
    },
  );
});
