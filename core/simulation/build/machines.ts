import {
  breakerOptions,
  bulkheadOptions,
  concurrencyLimitOptions,
  rateLimiterOptions,
  retryOptions,
} from '../../model/machine-options.ts';
import type {
  BreakerPolicy,
  BulkheadPolicy,
  ConcurrencyLimitPolicy,
  RateLimiterPolicy,
  RetryPolicy,
} from '../../model/model.ts';
import { Bulkhead, ConcurrencyLimit, RateLimiter, Retry } from '../../patterns/index.ts';
import { RecordedBreaker } from '../breaker.ts';
import { RecordedLimit } from '../concurrency.ts';

/** The policies of a model as the machines that follow them. */

export function createBulkhead(policy: BulkheadPolicy): Bulkhead {
  return new Bulkhead(bulkheadOptions(policy));
}

export function createBreaker(policy: BreakerPolicy): RecordedBreaker {
  return new RecordedBreaker(breakerOptions(policy));
}

export function createRetry(policy: RetryPolicy): Retry {
  return new Retry(retryOptions(policy));
}

export function createRateLimiter(policy: RateLimiterPolicy): RateLimiter {
  return new RateLimiter(rateLimiterOptions(policy));
}

export function createConcurrencyLimit(policy: ConcurrencyLimitPolicy): RecordedLimit {
  return new RecordedLimit(new ConcurrencyLimit(concurrencyLimitOptions(policy)));
}
