import {
  CachePolicy,
  FallbackPolicy,
  HedgePolicy,
  type Policy,
  RetryPolicy,
  TimeoutPolicy,
} from '../live/index.ts';
import { cacheOptions, hedgeOptions } from '../model/machine-options.ts';
import type { Call } from '../model/model.ts';
import type { PolicyKind } from '../patterns/index.ts';
import { createAlternative } from './alternatives.ts';
import { judgeWhatMayHaveBeenDone } from './judge.ts';
import type { Machinery } from './machinery.ts';

type Maker = (call: Call, machinery: Machinery) => Policy<unknown> | undefined;

/** Makes the layer of each policy, where the call has that policy. */
const MAKERS: Readonly<Record<PolicyKind, Maker>> = {
  fallback: ({ fallback, to }, { clock }) =>
    fallback &&
    new FallbackPolicy({
      name: `fallback of ${to.value}`,
      clock,
      alternatives: fallback.steps.map((step) => createAlternative(step, clock)),
    }),
  cache: ({ cache, to }, { clock }) =>
    cache && new CachePolicy({ name: `cache of ${to.value}`, clock, ...cacheOptions(cache) }),
  deadline: ({ deadlineMs, onTimeout, to }, { clock }) =>
    deadlineMs &&
    new TimeoutPolicy({
      name: `${to.value} (deadline)`,
      clock,
      timeoutMs: deadlineMs.value,
      onTimeout: onTimeout.value,
    }),
  retry: ({ idempotent, retry }, { clock, random, retries }) => {
    const options = retry && retries.get(retry.value);
    if (!options) return undefined;
    const name = retry.value;
    const judge = idempotent.value ? {} : { judge: { error: judgeWhatMayHaveBeenDone } };
    return new RetryPolicy({ name, clock, random, ...options, ...judge });
  },
  hedge: ({ hedge, to }, { clock }) =>
    hedge && new HedgePolicy({ name: `hedge of ${to.value}`, clock, ...hedgeOptions(hedge) }),
  rateLimiter: ({ rateLimiter }, { rateLimiters }) =>
    rateLimiter && rateLimiters.get(rateLimiter.value),
  concurrencyLimit: ({ concurrencyLimit }, { concurrencyLimits }) =>
    concurrencyLimit && concurrencyLimits.get(concurrencyLimit.value),
  circuitBreaker: ({ breaker }, { breakers }) => breaker && breakers.get(breaker.value),
  bulkhead: ({ bulkhead }, { bulkheads }) => bulkhead && bulkheads.get(bulkhead.value),
  connectionPool: ({ connectionPool }, { connectionPools }) =>
    connectionPool && connectionPools.get(connectionPool.value),
  timeout: ({ onTimeout, timeoutMs, to }, { clock }) =>
    timeoutMs &&
    new TimeoutPolicy({
      name: to.value,
      clock,
      timeoutMs: timeoutMs.value,
      onTimeout: onTimeout.value,
    }),
};

/**
 * The layers of a call in the order that it asks for, the outermost first; then, where a redundancy
 * group is called, what picks the member.
 */
export function callLayers(call: Call, machinery: Machinery): readonly Policy<unknown>[] {
  const layers = call.order.value.flatMap((kind) => MAKERS[kind](call, machinery) ?? []);
  const group = machinery.groups.get(call.to.value);
  if (!group) return layers;
  return [...layers, call.operation.value === 'write' ? group.writes : group];
}
