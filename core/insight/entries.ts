import type { Model, Service } from '../model/model.ts';
import { callSites, fallbackCallees } from '../rules/facts/calls.ts';
import type { Want } from './insight.ts';
import type { Entry } from './reachable.ts';

export interface Entries {
  readonly entries: readonly Entry[];
  /** The rates that would say how much each of them matters. */
  readonly wants: readonly Want[];
}

/**
 * The services that users meet, weighted by what arrives at them from outside. Where no rate is
 * written they are those that nobody calls, and a single one of them needs no weight.
 */
export function entriesOf(model: Model, tells: string): Entries {
  const services = [...model.services.values()];
  const rated = services.flatMap((service) => {
    const weight = service.ratePerSecond?.value ?? 0;
    return weight > 0 ? [{ service, weight }] : [];
  });
  const called = new Set(
    callSites(model).flatMap((site) => [
      site.callee,
      ...fallbackCallees(model, site).map(({ callee }) => callee),
    ]),
  );
  const silent = services.filter((one) => !called.has(one) && !one.ratePerSecond);
  if (rated.length === 0 && silent.length === 1) {
    return { entries: silent.map((service) => ({ service, weight: 1 })), wants: [] };
  }
  return { entries: rated, wants: silent.map((service) => wantRate(service, tells)) };
}

function wantRate({ name }: Service, tells: string): Want {
  return { key: 'traffic.rate', to: `'${name}'`, tells };
}
