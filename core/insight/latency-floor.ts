import type { Model, Service } from '../model/model.ts';
import { sitesOf } from '../rules/facts/calls.ts';
import { ownLatency, quantileMs } from '../rules/facts/latency.ts';
import { callOrder, isService, type Node } from '../rules/facts/order.ts';
import { limitOf } from '../rules/facts/patience.ts';
import type { Entry } from './reachable.ts';

/** What a percentile of all answers cannot be below, because one part alone is that slow. */
export interface LatencyFloor {
  readonly ms: number;
  readonly part: string;
}

/**
 * Each request waits for every call, one after another, so it is never faster than the slowest part
 * by itself. Where only a share w of all requests comes to a part, it is slow for 1 − p of all of
 * them when it is slow for (1 − p)/w of its own. Waiting ends with the timeout of a call; calls with
 * a cache may not be made at all.
 *
 * @param percentile p, in (0, 1)
 */
export function latencyFloor(
  model: Model,
  entries: readonly Entry[],
  percentile: number,
): LatencyFloor | undefined {
  const total = entries.reduce((sum, { weight }) => sum + weight, 0);
  let floor: LatencyFloor | undefined;
  for (const { service, weight } of entries) {
    const slow = ((1 - percentile) * total) / weight;
    if (!(slow < 1)) continue;
    for (const [node, limitMs] of waitedFor(model, service)) {
      const latency = ownLatency(node);
      if (!latency) continue;
      const ms = Math.min(limitMs, quantileMs(latency.value, 1 - slow));
      if (!floor || ms > floor.ms) floor = { ms, part: node.name };
    }
  }
  return floor;
}

/** What a request to a service waits for, and for how long at most. */
function waitedFor(model: Model, start: Service): ReadonlyMap<Node, number> {
  const limits = new Map<Node, number>([[start, Number.POSITIVE_INFINITY]]);
  const sites = sitesOf(model);
  for (const service of callOrder(model).callersFirst) {
    const before = limits.get(service);
    if (before === undefined) continue;
    for (const { call, callee } of sites.get(service) ?? []) {
      if (!callee || call.cache) continue;
      const hedgeMs = call.hedge?.afterMs.value ?? Number.POSITIVE_INFINITY;
      const ms = Math.min(before, limitOf(call)?.ms.value ?? before, hedgeMs);
      limits.set(callee, Math.max(ms, limits.get(callee) ?? 0));
    }
  }
  // What is in a circle has no order, so nothing is said of what comes after.
  for (const node of limits.keys()) {
    if (isService(node) && callOrder(model).tangled.has(node)) limits.delete(node);
  }
  return limits;
}
