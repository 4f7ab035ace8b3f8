import type { Model, Service } from './model.ts';

/**
 * The most critical tier that needs each redundancy group: of the services that run on it or reach
 * it through calls without a fallback. Groups that nothing needs are absent.
 */
export function neededByTier(model: Model): ReadonlyMap<string, number> {
  const tiers = new Map<string, number>();
  for (const service of model.services.values()) {
    const tier = service.tier.value;
    for (const group of hardGroups(model, service)) {
      tiers.set(group, Math.min(tier, tiers.get(group) ?? tier));
    }
  }
  return tiers;
}

/** The groups without which a service cannot answer in full. */
function hardGroups(model: Model, start: Service): ReadonlySet<string> {
  const groups = new Set<string>();
  const seen = new Set<Service>();
  const open = [start];
  for (let service = open.pop(); service; service = open.pop()) {
    if (seen.has(service)) continue;
    seen.add(service);
    if (service.runsOn) groups.add(service.runsOn.value);
    for (const call of service.calls) {
      if (call.fallback) continue;
      if (model.groups.has(call.to.value)) groups.add(call.to.value);
      const next = model.services.get(call.to.value);
      if (next) open.push(next);
    }
  }
  return groups;
}
