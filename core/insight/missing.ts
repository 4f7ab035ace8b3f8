import type { Model, Service } from '../model/model.ts';
import { callSites } from '../rules/facts/calls.ts';
import { isService, type Node } from '../rules/facts/order.ts';
import type { Want } from './insight.ts';

/** The rates that would have to be written to know how much some services have to do. */
export function missingRates(model: Model, services: Iterable<Service>, tells: string): Want[] {
  const callers = new Map<Node, Service[]>();
  for (const { callee, caller } of callSites(model)) {
    if (callee) callers.set(callee, [...(callers.get(callee) ?? []), caller]);
  }
  const before = new Set(services);
  // Grows while it is walked.
  for (const service of before) for (const caller of callers.get(service) ?? []) before.add(caller);
  // What nobody calls is called from outside.
  return [...before]
    .filter((service) => !callers.has(service) && !service.ratePerSecond)
    .map(({ name }) => ({ key: 'traffic.rate', to: `'${name}'`, tells }));
}

/** The latencies that would have to be written to know how long some parts work. */
export function missingLatencies(parts: Iterable<Node>, tells: string): Want[] {
  return [...new Set(parts)]
    .filter(({ latency }) => latency.source.kind === 'default')
    .map(({ name }) => ({ key: 'latency', to: `'${name}'`, tells }));
}

/** What would have to be written to know how often a part is up. */
export function missingAvailability(part: Node, tells: string): Want {
  return { key: availabilityKey(part), to: `'${part.name}'`, tells };
}

/** One's own service is as available as what runs it, somebody else's as they promise. */
function availabilityKey(part: Node): string {
  if (!isService(part)) return 'failures.mtbf';
  return part.calls.length > 0 ? 'runsOn' : 'objectives.availability';
}
