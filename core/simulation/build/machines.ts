/** The policies of a model as machines, ready to run. */
import {
  breakerOptions,
  bulkheadOptions,
  concurrencyLimitOptions,
  connectionPoolOptions,
  rateLimiterOptions,
  retryOptions,
} from '../../model/machine-options.ts';
import type {
  BreakerPolicy,
  BulkheadPolicy,
  ConcurrencyLimitPolicy,
  ConnectionPoolPolicy,
  RateLimiterPolicy,
  RetryPolicy,
} from '../../model/model.ts';
import {
  Bulkhead,
  ConcurrencyLimit,
  ConnectionPool,
  RateLimiter,
  Retry,
} from '../../patterns/index.ts';
import { RecordedBreaker } from '../breaker.ts';
import { RecordedLimit } from '../concurrency.ts';
import { Connections } from '../connections.ts';
import type { Engine } from '../engine.ts';
import { Limiter } from '../limiter.ts';
import { LocalClock } from '../local-clock.ts';
import type { SharedRetry } from '../policies/retry.ts';
import { Pool } from '../pool.ts';
import type { TimeSeries } from '../time-series.ts';

export function createPool(policy: BulkheadPolicy, engine: Engine, usage: TimeSeries): Pool {
  return new Pool(engine, new Bulkhead(bulkheadOptions(policy)), usage);
}

export function createBreaker(policy: BreakerPolicy, engine: Engine): RecordedBreaker {
  return new RecordedBreaker(engine, breakerOptions(policy));
}

export function createLimiter(policy: RateLimiterPolicy, engine: Engine): Limiter {
  return new Limiter(engine, new RateLimiter(rateLimiterOptions(policy)));
}

export function createLimit(policy: ConcurrencyLimitPolicy, engine: Engine): RecordedLimit {
  return new RecordedLimit(engine, new ConcurrencyLimit(concurrencyLimitOptions(policy)));
}

export function createRetry(policy: RetryPolicy, engine: Engine): SharedRetry {
  return { machine: new Retry(retryOptions(policy)), clock: new LocalClock(engine) };
}

export function createConnections(policy: ConnectionPoolPolicy, engine: Engine): Connections {
  const options = { ...connectionPoolOptions(policy), onDiscard: () => {} };
  return new Connections(engine, new ConnectionPool(options), policy.connectMs.value);
}
