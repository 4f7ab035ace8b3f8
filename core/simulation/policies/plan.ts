import { cacheOptions, fallbackCacheOptions, hedgeOptions } from '../../model/machine-options.ts';
import type { Call, FallbackStep } from '../../model/model.ts';
import { Hedge, type PolicyKind, ResponseCache } from '../../patterns/index.ts';
import type { RandomStream } from '../../time/index.ts';
import type { RecordedBreaker } from '../breaker.ts';
import { CallCounts } from '../call-counts.ts';
import type { RecordedLimit } from '../concurrency.ts';
import type { Connections } from '../connections.ts';
import type { Engine } from '../engine.ts';
import type { Limiter } from '../limiter.ts';
import type { Link } from '../link.ts';
import type { LocalClock } from '../local-clock.ts';
import type { Outcome } from '../outcome.ts';
import type { Pool } from '../pool.ts';
import type { Station } from '../station.ts';
import type { TrafficStatistics } from '../traffic-statistics.ts';
import { BulkheadLayer } from './bulkhead.ts';
import { CacheLayer } from './cache.ts';
import { CircuitBreakerLayer } from './circuit-breaker.ts';
import { ConcurrencyLimitLayer } from './concurrency-limit.ts';
import { ConnectionPoolLayer } from './connection-pool.ts';
import { DeadlineLayer } from './deadline.ts';
import { FailoverLayer } from './failover.ts';
import { type FallbackAnswer, FallbackLayer } from './fallback.ts';
import { HedgeLayer } from './hedge.ts';
import type { Layer } from './layer.ts';
import type { CallPlan } from './passage.ts';
import { RateLimiterLayer } from './rate-limiter.ts';
import { RetryLayer, type SharedRetry } from './retry.ts';
import { SendLayer } from './send.ts';
import { TimeoutLayer } from './timeout.ts';

/** What calls are made of: the machines that they share, by name, and those whom they call. */
export interface CallParts {
  readonly engine: Engine;
  readonly statistics: TrafficStatistics;
  readonly breakers: ReadonlyMap<string, RecordedBreaker>;
  readonly rateLimiters: ReadonlyMap<string, Limiter>;
  readonly concurrencyLimits: ReadonlyMap<string, RecordedLimit>;
  readonly connectionPools: ReadonlyMap<string, Connections>;
  readonly pools: ReadonlyMap<string, Pool>;
  readonly retries: ReadonlyMap<string, SharedRetry>;
  /** What a service that makes calls has for itself goes by. */
  clock(service: string): LocalClock;
  /** The service or group of a name. */
  target(name: string): Station;
  /** The network from a service to whom it calls. */
  link(from: string, to: string): Link;
}

/** A call that is being put together. */
interface Draft {
  /** The service that makes it. */
  readonly from: string;
  readonly call: Call;
  readonly parts: CallParts;
  /** The layers so far, the outermost first. */
  readonly layers: Layer[];
  /** The call's own stream for a purpose. */
  readonly random: (purpose: string) => RandomStream;
}

/** Makes the layer of each policy, at a depth, where the call has that policy. */
const MAKERS: Readonly<Record<PolicyKind, (draft: Draft, depth: number) => Layer | undefined>> = {
  fallback: (draft, depth) => {
    const answers = draft.call.fallback?.steps.map((step) => createAnswer(step, draft, depth + 1));
    return answers && new FallbackLayer(draft.layers, answers, draft.parts.clock(draft.from));
  },
  cache: ({ call: { cache }, from, parts }, depth) => {
    if (!cache) return undefined;
    const answers = new ResponseCache<Outcome>(cacheOptions(cache));
    return new CacheLayer(depth, answers, cache.keys.value, parts.clock(from));
  },
  deadline: ({ call, parts }, depth) => {
    return call.deadlineMs && new DeadlineLayer(depth, parts.engine, call.deadlineMs.value);
  },
  retry: ({ call, parts, random }, depth) => {
    const retry = call.retry && parts.retries.get(call.retry.value);
    return retry && new RetryLayer(depth, retry, random('backoff'), call.idempotent.value);
  },
  hedge: ({ call: { hedge, idempotent } }, depth) => {
    // What must not be done twice is not sent twice.
    if (!hedge || !idempotent.value) return undefined;
    return new HedgeLayer(depth, new Hedge(hedgeOptions(hedge)));
  },
  rateLimiter: ({ call, parts }, depth) => {
    const limiter = call.rateLimiter && parts.rateLimiters.get(call.rateLimiter.value);
    return limiter && new RateLimiterLayer(depth, limiter);
  },
  concurrencyLimit: ({ call, parts }, depth) => {
    const limit = call.concurrencyLimit && parts.concurrencyLimits.get(call.concurrencyLimit.value);
    return limit && new ConcurrencyLimitLayer(depth, limit);
  },
  circuitBreaker: ({ call, parts }, depth) => {
    const breaker = call.breaker && parts.breakers.get(call.breaker.value);
    return breaker && new CircuitBreakerLayer(depth, breaker);
  },
  bulkhead: ({ call, parts }, depth) => {
    const pool = call.bulkhead && parts.pools.get(call.bulkhead.value);
    return pool && new BulkheadLayer(depth, pool);
  },
  connectionPool: ({ call, parts }, depth) => {
    const connections = call.connectionPool && parts.connectionPools.get(call.connectionPool.value);
    return connections && new ConnectionPoolLayer(depth, connections);
  },
  timeout: ({ call, parts }, depth) => {
    return call.timeoutMs && new TimeoutLayer(depth, parts.engine, call.timeoutMs.value);
  },
};

/** Puts the layers of a call together, in the order that it asks for. */
export function planCall(
  from: string,
  call: Call,
  parts: CallParts,
  random: (purpose: string) => RandomStream,
  counts: CallCounts,
): CallPlan {
  const layers: Layer[] = [];
  const draft: Draft = { from, call, parts, layers, random };
  for (const kind of call.order.value) {
    // Each try elsewhere has the whole time.
    if (kind === 'timeout')
      layers.push(...createFailover(call.to.value, call, parts, layers.length));
    const layer = MAKERS[kind](draft, layers.length);
    if (layer) layers.push(layer);
  }
  layers.push(createSend(call.to.value, call, parts, layers.length));
  const isCached = call.cache || call.fallback?.steps.some(({ kind }) => kind === 'cache');
  const link = parts.link(from, call.to.value);
  return createPlan(layers, link, parts, counts, isCached ? random('requests') : undefined);
}

/** @param depth of what is inside the fallback */
function createAnswer(
  step: FallbackStep,
  { call, from, parts }: Draft,
  depth: number,
): FallbackAnswer {
  switch (step.kind) {
    case 'cache': {
      const cache = new ResponseCache<true>(fallbackCacheOptions(step));
      return { kind: 'cache', cache, keys: step.keys.value };
    }
    case 'call': {
      const { timeoutMs, to } = step;
      const layers = createFailover(to.value, call, parts, depth);
      if (timeoutMs) {
        layers.push(new TimeoutLayer(depth + layers.length, parts.engine, timeoutMs.value));
      }
      layers.push(createSend(to.value, call, parts, depth + layers.length));
      return {
        kind: 'call',
        plan: createPlan(layers, parts.link(from, to.value), parts, new CallCounts()),
      };
    }
    case 'default':
      return { kind: 'default' };
  }
}

/** The layer of a call to a group that is used as a fault-tolerant database. */
function createFailover(to: string, call: Call, parts: CallParts, depth: number): Layer[] {
  const { database, group } = parts.target(to);
  if (!group || !database) return [];
  const { idempotent, operation } = call;
  return [new FailoverLayer(depth, group, database, operation.value, idempotent.value)];
}

function createSend(to: string, call: Call, parts: CallParts, depth: number): Layer {
  const abandons = call.onTimeout.value === 'abandon';
  const target = parts.target(to);
  return new SendLayer(depth, target, parts.statistics, call.operation.value, abandons);
}

function createPlan(
  layers: readonly Layer[],
  link: Link,
  { engine, statistics }: CallParts,
  counts: CallCounts,
  requestRandom?: RandomStream,
): CallPlan {
  return { engine, link, statistics, layers, requestRandom, counts, idle: [] };
}
