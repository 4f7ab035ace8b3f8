import type { Group, Model, Service } from '../../model/model.ts';
import { perModel } from '../../model/per-model.ts';
import { fallbackCallees, sitesOf } from './calls.ts';

export type Node = Service | Group;

export function isService(node: Node | undefined): node is Service {
  return node !== undefined && 'calls' in node;
}

export interface CallOrder {
  /** The services, callers before those whom they call or fall back on. */
  readonly callersFirst: readonly Service[];
  /** Those that are in a circle, or called from one: no order holds for them. */
  readonly tangled: ReadonlySet<Service>;
}

/** Puts services into an order in which whatever flows along calls can be summed up in one pass. */
export const callOrder = perModel((model: Model): CallOrder => {
  const sites = sitesOf(model);
  const calledBy = (service: Service) =>
    (sites.get(service) ?? [])
      .flatMap((site) => [site.callee, ...fallbackCallees(model, site).map(({ callee }) => callee)])
      .filter(isService);
  const waiting = new Map([...model.services.values()].map((service) => [service, 0]));
  const count = (service: Service, change: number): number => {
    const left = (waiting.get(service) ?? 0) + change;
    waiting.set(service, left);
    return left;
  };
  for (const service of model.services.values()) {
    for (const callee of calledBy(service)) count(callee, 1);
  }
  const callersFirst = [...waiting].flatMap(([service, callers]) => (callers === 0 ? service : []));
  // Grows while it is walked.
  for (const service of callersFirst) {
    for (const callee of calledBy(service)) {
      if (count(callee, -1) === 0) callersFirst.push(callee);
    }
  }
  const tangled = new Set(waiting.keys());
  for (const service of callersFirst) tangled.delete(service);
  return { callersFirst, tangled };
});
