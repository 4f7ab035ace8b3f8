import {
  BreakerPolicy,
  BulkheadPolicy,
  ConcurrencyLimitPolicy,
  RateLimitPolicy,
} from '../live/index.ts';
import {
  breakerOptions,
  bulkheadOptions,
  concurrencyLimitOptions,
  rateLimiterOptions,
  retryOptions,
} from '../model/machine-options.ts';
import type { Model } from '../model/model.ts';
import type { RetryOptions } from '../patterns/index.ts';
import type { Clock, RandomStream } from '../time/index.ts';

/** What time and chance come from. */
export interface Surroundings {
  readonly clock: Clock;
  readonly random: RandomStream;
}

/** What the calls of a config share, by name: two calls that name one breaker meet at it. */
export interface Machinery extends Surroundings {
  readonly breakers: ReadonlyMap<string, BreakerPolicy>;
  readonly bulkheads: ReadonlyMap<string, BulkheadPolicy>;
  readonly rateLimiters: ReadonlyMap<string, RateLimitPolicy>;
  readonly concurrencyLimits: ReadonlyMap<string, ConcurrencyLimitPolicy>;
  /** Each with the budget that all calls with this policy draw from. */
  readonly retries: ReadonlyMap<string, RetryOptions>;
}

export function createMachinery(model: Model, { clock, random }: Surroundings): Machinery {
  return {
    clock,
    random,
    breakers: mapValues(
      model.breakers,
      (policy) => new BreakerPolicy({ name: policy.name, clock, ...breakerOptions(policy) }),
    ),
    bulkheads: mapValues(
      model.bulkheads,
      (policy) => new BulkheadPolicy({ pool: bulkheadOptions(policy), clock }),
    ),
    rateLimiters: mapValues(
      model.rateLimiters,
      (policy) => new RateLimitPolicy({ name: policy.name, clock, ...rateLimiterOptions(policy) }),
    ),
    concurrencyLimits: mapValues(
      model.concurrencyLimits,
      (policy) =>
        new ConcurrencyLimitPolicy({
          name: policy.name,
          clock,
          ...concurrencyLimitOptions(policy),
        }),
    ),
    retries: mapValues(model.retries, retryOptions),
  };
}

function mapValues<T, U>(map: ReadonlyMap<string, T>, convert: (value: T) => U): Map<string, U> {
  return new Map([...map].map(([name, value]) => [name, convert(value)]));
}
