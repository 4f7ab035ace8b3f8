import type { Model, Service } from './model.ts';
import { perModel } from './per-model.ts';

/**
 * The most critical tier that needs each redundancy group: of the services that run on it or reach
 * it through calls without a fallback. Groups that nothing needs are absent. Visits each service
 * once, since what a more critical one has reached can only get a lower tier from there on.
 */
export const neededByTier = perModel((model: Model): ReadonlyMap<string, number> => {
  const tiers = new Map<string, number>();
  const seen = new Set<Service>();
  const byTier = [...model.services.values()].sort((a, b) => a.tier.value - b.tier.value);
  for (const start of byTier) {
    const need = (group: string | undefined) => {
      if (group !== undefined && model.groups.has(group) && !tiers.has(group)) {
        tiers.set(group, start.tier.value);
      }
    };
    const open = [start];
    for (let service = open.pop(); service; service = open.pop()) {
      if (seen.has(service)) continue;
      seen.add(service);
      need(service.runsOn?.value);
      for (const { fallback, to } of service.calls) {
        // What has a fallback can be done without.
        if (fallback) continue;
        const called = model.services.get(to.value);
        if (called) open.push(called);
        else need(to.value);
      }
    }
  }
  return tiers;
});
