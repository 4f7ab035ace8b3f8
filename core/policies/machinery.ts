import {
  BreakerPolicy,
  BulkheadPolicy,
  ConcurrencyLimitPolicy,
  ConnectionPoolPolicy,
  type ConnectionPoolPolicyOptions,
  type GroupPolicy,
  RateLimitPolicy,
} from '../live/index.ts';
import {
  breakerOptions,
  bulkheadOptions,
  concurrencyLimitOptions,
  connectionPoolOptions,
  rateLimiterOptions,
  retryOptions,
} from '../model/machine-options.ts';
import type { Model } from '../model/model.ts';
import type { RetryOptions } from '../patterns/index.ts';
import type { Clock, RandomStream } from '../time/index.ts';
import { createGroup, type GroupDriver } from './groups.ts';

/** How the connections of a pool are made. */
export type ConnectionDriver = Pick<
  ConnectionPoolPolicyOptions<unknown>,
  'open' | 'close' | 'isBroken' | 'openTimeoutMs'
>;

/** What a config cannot hold. */
export interface Surroundings {
  readonly clock: Clock;
  readonly random: RandomStream;
  /** By the name of the pool. */
  readonly connections: Readonly<Record<string, ConnectionDriver>>;
  /** By the name of the redundancy group. */
  readonly groups: Readonly<Record<string, GroupDriver>>;
}

/** What the calls of a config share, by name: two calls that name one breaker meet at it. */
export interface Machinery extends Pick<Surroundings, 'clock' | 'random'> {
  readonly breakers: ReadonlyMap<string, BreakerPolicy>;
  readonly bulkheads: ReadonlyMap<string, BulkheadPolicy>;
  readonly rateLimiters: ReadonlyMap<string, RateLimitPolicy>;
  readonly concurrencyLimits: ReadonlyMap<string, ConcurrencyLimitPolicy>;
  readonly connectionPools: ReadonlyMap<string, ConnectionPoolPolicy<unknown>>;
  readonly groups: ReadonlyMap<string, GroupPolicy>;
  /** Each with the budget that all calls with this policy draw from. */
  readonly retries: ReadonlyMap<string, RetryOptions>;
}

/** Of a service that opens its connections itself: the pool only limits how many it uses. */
const UNKNOWN_CONNECTIONS: ConnectionDriver = { open: () => undefined, close: () => {} };

export function createMachinery(model: Model, surroundings: Surroundings): Machinery {
  const { clock, connections, groups, random } = surroundings;
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
    connectionPools: mapValues(
      model.connectionPools,
      (policy) =>
        new ConnectionPoolPolicy({
          ...connectionPoolOptions(policy),
          ...(connections[policy.name] ?? UNKNOWN_CONNECTIONS),
          clock,
        }),
    ),
    groups: mapValues(model.groups, (group) =>
      createGroup(group, surroundings, groups[group.name]),
    ),
    retries: mapValues(model.retries, retryOptions),
  };
}

function mapValues<T, U>(map: ReadonlyMap<string, T>, convert: (value: T) => U): Map<string, U> {
  return new Map([...map].map(([name, value]) => [name, convert(value)]));
}
