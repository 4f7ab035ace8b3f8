import type { Call, FallbackStep } from '../../model/model.ts';
import { type PolicyKind, ResponseCache, type Retry } from '../../patterns/index.ts';
import type { RandomStream } from '../../time/index.ts';
import type { RecordedBreaker } from '../breaker.ts';
import type { Engine } from '../engine.ts';
import type { Pool } from '../pool.ts';
import type { Station } from '../station.ts';
import type { TrafficStatistics } from '../traffic-statistics.ts';
import { BulkheadLayer } from './bulkhead.ts';
import { CircuitBreakerLayer } from './circuit-breaker.ts';
import { type FallbackAnswer, FallbackLayer } from './fallback.ts';
import type { Layer } from './layer.ts';
import type { CallPlan } from './passage.ts';
import { RetryLayer } from './retry.ts';
import { SendLayer } from './send.ts';
import { TimeoutLayer } from './timeout.ts';

/** What calls are made of: the machines that they share, by name, and those whom they call. */
export interface CallParts {
  readonly engine: Engine;
  readonly statistics: TrafficStatistics;
  readonly breakers: ReadonlyMap<string, RecordedBreaker>;
  readonly pools: ReadonlyMap<string, Pool>;
  readonly retries: ReadonlyMap<string, Retry>;
  /** The service or group of a name. */
  target(name: string): Station;
}

/** Makes a layer of a policy, where the call has it. */
type LayerMaker = (
  call: Call,
  depth: number,
  parts: CallParts,
  random: (purpose: string) => RandomStream,
) => Layer | undefined;

const MAKERS: Readonly<Partial<Record<PolicyKind, LayerMaker>>> = {
  fallback: ({ fallback }, depth) =>
    fallback && new FallbackLayer(depth, fallback.steps.flatMap(fallbackAnswer)),
  retry: (call, depth, parts, random) => {
    const retry = call.retry && parts.retries.get(call.retry.value);
    return retry && new RetryLayer(depth, retry, random('backoff'), call.idempotent.value);
  },
  circuitBreaker: (call, depth, parts) => {
    const breaker = call.breaker && parts.breakers.get(call.breaker.value);
    return breaker && new CircuitBreakerLayer(depth, breaker);
  },
  bulkhead: (call, depth, parts) => {
    const pool = call.bulkhead && parts.pools.get(call.bulkhead.value);
    return pool && new BulkheadLayer(depth, pool);
  },
  timeout: ({ timeoutMs }, depth) => timeoutMs && new TimeoutLayer(depth, timeoutMs.value),
};

/**
 * Puts the layers of a call together, in the order that it asks for.
 *
 * @param random the call's own stream for a purpose
 */
export function planCall(
  call: Call,
  parts: CallParts,
  random: (purpose: string) => RandomStream,
): CallPlan {
  const { engine, statistics } = parts;
  const layers: Layer[] = [];
  for (const kind of call.order.value) {
    const layer = MAKERS[kind]?.(call, layers.length, parts, random);
    if (layer) layers.push(layer);
  }
  layers.push(new SendLayer(layers.length, parts.target(call.to.value), statistics));
  const isCached = call.fallback?.steps.some(({ kind }) => kind === 'cache');
  return {
    engine,
    statistics,
    layers,
    requestRandom: isCached ? random('requests') : undefined,
  };
}

function fallbackAnswer(step: FallbackStep): FallbackAnswer[] {
  switch (step.kind) {
    case 'cache': {
      const { keys, maxAgeMs } = step;
      const cache = new ResponseCache<true>({
        maxAgeMs: 0,
        staleIfErrorMs: maxAgeMs.value,
        maxEntries: keys.value,
      });
      return [{ kind: 'cache', cache, keys: keys.value }];
    }
    case 'default':
      return [{ kind: 'default' }];
    case 'call':
      return [];
  }
}
