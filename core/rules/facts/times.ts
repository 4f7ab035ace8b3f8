import type { Model } from '../../model/model.ts';
import { perModel } from '../../model/per-model.ts';
import { type CallSite, sitesOf } from './calls.ts';
import { meanMs, meanWithinMs, ownLatency } from './latency.ts';
import { callOrder, type Node } from './order.ts';
import { limitOf } from './patience.ts';

/** How long things take on average, at least: what is not written counts as nothing. */
export interface Times {
  /** From when a request arrives until it is answered, without waiting for a slot. */
  least(node: Node): number;
  /** How long one try of a call holds what it has taken. */
  leastHold(site: CallSite): number;
}

/** A limit that many times the mean hardly ever cuts anything off. */
const AMPLE = 5;

export const timesOf = perModel((model: Model): Times => {
  const totals = new Map<Node, number>();
  const own = (node: Node) => {
    const latency = ownLatency(node);
    return latency ? meanMs(latency.value) : 0;
  };
  const least = (node: Node) => totals.get(node) ?? own(node);
  const leastHold = ({ call, callee }: CallSite) => {
    if (!callee) return 0;
    const limitMs = limitOf(call)?.ms.value ?? Number.POSITIVE_INFINITY;
    if (limitMs >= AMPLE * least(callee)) return least(callee);
    const latency = ownLatency(callee);
    return latency ? meanWithinMs(latency.value, limitMs) : 0;
  };
  const sites = sitesOf(model);
  // Callees before their callers; those in a circle stay with their own work.
  for (const service of [...callOrder(model).callersFirst].reverse()) {
    let totalMs = own(service);
    for (const site of sites.get(service) ?? []) {
      if (!site.call.cache) totalMs += leastHold(site);
    }
    totals.set(service, totalMs);
  }
  return { least, leastHold };
});
