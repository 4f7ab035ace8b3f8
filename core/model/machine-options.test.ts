import { describe, expect, it } from 'vitest';
import { readConfig } from '../config/index.ts';
import { CircuitBreaker, ConcurrencyLimit, Retry } from '../patterns/index.ts';
import { breakerOptions, concurrencyLimitOptions, retryOptions } from './machine-options.ts';

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

it('the options of a concurrency limit are accepted by the machine', () => {
  const { concurrencyLimits } = modelOf('concurrencyLimits: { a: {}, b: { algorithm: gradient } }');
  for (const policy of concurrencyLimits.values()) {
    expect(new ConcurrencyLimit(concurrencyLimitOptions(policy)).limit).toBe(20);
  }
});
