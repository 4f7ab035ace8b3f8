import type {
  BreakerPolicy,
  BulkheadPolicy,
  ConcurrencyLimitPolicy,
  RateLimiterPolicy,
  RetryPolicy,
} from '../../model/model.ts';
import { valuesOf } from '../../model/source.ts';
import {
  Bulkhead,
  ConcurrencyLimit,
  RateLimiter,
  Retry,
  RetryBudget,
} from '../../patterns/index.ts';
import { RecordedBreaker } from '../breaker.ts';
import { RecordedLimit } from '../concurrency.ts';

/** The policies of a model as the machines that follow them. */

export function createBulkhead(policy: BulkheadPolicy): Bulkhead {
  return new Bulkhead({ name: policy.name, ...valuesOf(policy) });
}

export function createBreaker({ trip, ...policy }: BreakerPolicy): RecordedBreaker {
  const failureThreshold = 'failureThreshold' in trip ? trip.failureThreshold.value : 5;
  return new RecordedBreaker({ ...valuesOf(policy), failureThreshold });
}

export function createRetry(policy: RetryPolicy): Retry {
  const { attempts, budget, ...backoff } = valuesOf(policy);
  return new Retry({
    attempts,
    backoff,
    ...(budget !== undefined && { budget: new RetryBudget({ ratio: budget }) }),
  });
}

export function createRateLimiter(policy: RateLimiterPolicy): RateLimiter {
  return new RateLimiter(valuesOf(policy));
}

export function createConcurrencyLimit(policy: ConcurrencyLimitPolicy): RecordedLimit {
  const { algorithm: kind, ...bounds } = valuesOf(policy);
  return new RecordedLimit(new ConcurrencyLimit({ algorithm: { kind }, ...bounds }));
}
