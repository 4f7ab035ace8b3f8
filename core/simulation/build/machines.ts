/** The policies of a model as machines, ready to run. */
import {
  breakerOptions,
  bulkheadOptions,
  concurrencyLimitOptions,
  connectionPoolOptions,
  rateLimiterOptions,
} from '../../model/machine-options.ts';
import type {
  BreakerPolicy,
  BulkheadPolicy,
  ConcurrencyLimitPolicy,
  ConnectionPoolPolicy,
  RateLimiterPolicy,
} from '../../model/model.ts';
import { Bulkhead, ConcurrencyLimit, ConnectionPool, RateLimiter } from '../../patterns/index.ts';
import { RecordedBreaker } from '../breaker.ts';
import { RecordedLimit } from '../concurrency.ts';
import { Connections } from '../connections.ts';
import type { Engine } from '../engine.ts';
import { Limiter } from '../limiter.ts';
import { Pool } from '../pool.ts';
import type { TimeSeries } from '../time-series.ts';

export function createPool(policy: BulkheadPolicy, engine: Engine, usage: TimeSeries): Pool {
  return new Pool(engine, new Bulkhead(bulkheadOptions(policy)), usage);
}

export function createBreaker(policy: BreakerPolicy): RecordedBreaker {
  return new RecordedBreaker(breakerOptions(policy));
}

export function createLimiter(policy: RateLimiterPolicy, engine: Engine): Limiter {
  return new Limiter(engine, new RateLimiter(rateLimiterOptions(policy)));
}

export function createLimit(policy: ConcurrencyLimitPolicy): RecordedLimit {
  return new RecordedLimit(new ConcurrencyLimit(concurrencyLimitOptions(policy)));
}

export function createConnections(policy: ConnectionPoolPolicy, engine: Engine): Connections {
  const options = { ...connectionPoolOptions(policy), onDiscard: () => {} };
  return new Connections(engine, new ConnectionPool(options), policy.connectMs.value);
}
