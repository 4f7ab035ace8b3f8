import type { Group, Model, Role, Service } from '../../model/model.ts';
import { type CallSite, callSites, fallbackCallees, sitesOf } from '../../rules/facts/calls.ts';
import { isService, type Node } from '../../rules/facts/order.ts';
import { groupBehind } from '../../rules/facts/outage.ts';
import { entriesOf } from '../judges/entries.ts';
import type { AvailabilityOptions } from '../judges/index.ts';
import type { Objective } from '../objective.ts';
import { openTimeLever } from './breakers.ts';
import { copiesLever } from './copies.ts';
import { heartbeatLever } from './detection.ts';
import type { Lever } from './lever.ts';
import { membersLever } from './members.ts';
import { higherMinimumLever, lowerMinimumLever } from './minimum.ts';
import { bulkheadLever, connectionPoolLever } from './pools.ts';
import { attemptsLever, budgetLever } from './retries.ts';
import { hotStandbyLever } from './standbys.ts';
import { timeoutLever } from './timeouts.ts';
import { zonesLever } from './zones.ts';

export type { Applied, Lever, Setting } from './lever.ts';

/** Everything that may be set otherwise to meet an objective. */
export function leversFor(
  model: Model,
  objective: Objective,
  { zoneAvailability }: AvailabilityOptions,
): readonly Lever[] {
  const groups = [...model.groups.values()].filter(isRedundant);
  switch (objective.kind) {
    case 'availability': {
      const scope = scopeOf(model, objective);
      return [
        ...scope.groups.flatMap((group) => [
          membersLever(group, rolesIn(group)),
          lowerMinimumLever(model, group),
          ...(zoneAvailability === undefined ? [] : [zonesLever(model, group)]),
          hotStandbyLever(group),
          heartbeatLever(group),
        ]),
        ...policyLevers(model, scope),
      ];
    }
    case 'p50':
    case 'p95':
    case 'p99': {
      const scope = scopeOf(model, objective);
      const busy = scope.groups.filter(({ capacityPerSecond }) => capacityPerSecond);
      return [
        ...busy.flatMap((group) => [membersLever(group, ['active']), higherMinimumLever(group)]),
        ...policyLevers(model, scope),
      ];
    }
    case 'rto':
      return [
        ...groups.flatMap((group) => [
          membersLever(group, rolesIn(group)),
          lowerMinimumLever(model, group),
          hotStandbyLever(group),
          heartbeatLever(group),
        ]),
        ...[...model.breakers.values()].map(openTimeLever),
      ];
    case 'rpo':
      return groups.map(copiesLever);
  }
}

/** What the requests of an objective go through. */
interface Scope {
  readonly groups: readonly Group[];
  readonly services: readonly Service[];
  readonly sites: readonly CallSite[];
}

function scopeOf(model: Model, { service: name }: Objective): Scope {
  const service = name === undefined ? undefined : model.services.get(name);
  const reached = new Set<Node>(service ? [service] : entriesOf(model).services);
  if (reached.size === 0) for (const group of model.groups.values()) reached.add(group);
  const sitesBy = sitesOf(model);
  // Grows while it is walked.
  for (const node of reached) {
    const group = groupBehind(model, node);
    if (group) reached.add(group);
    for (const site of isService(node) ? (sitesBy.get(node) ?? []) : []) {
      for (const other of [site, ...fallbackCallees(model, site)]) {
        if (other.callee) reached.add(other.callee);
      }
    }
  }
  return {
    groups: [...model.groups.values()].filter((group) => reached.has(group) && isRedundant(group)),
    services: [...reached].filter(isService),
    sites: callSites(model).filter(({ caller }) => reached.has(caller)),
  };
}

/** Attempts, budgets, slots and time limits of calls. */
function policyLevers(model: Model, { services, sites }: Scope): readonly Lever[] {
  const retries = new Set(sites.flatMap(({ retry }) => retry ?? []));
  const pools = new Set([
    ...services.flatMap(({ bulkhead }) => (bulkhead && model.bulkheads.get(bulkhead.value)) ?? []),
    ...sites.flatMap(({ bulkhead }) => bulkhead ?? []),
  ]);
  const connections = new Set(sites.flatMap(({ connectionPool }) => connectionPool ?? []));
  return [
    ...[...retries].flatMap((policy) => [attemptsLever(policy), budgetLever(policy)]),
    ...[...pools].map(bulkheadLever),
    ...[...connections].map(connectionPoolLever),
    ...sites.map(({ call, caller }) => timeoutLever(caller, call)),
  ];
}

/** One on purpose stays one. */
function isRedundant({ members, singleton }: Group): boolean {
  return members.length > 0 && !(singleton.value && members.length === 1);
}

/** What a new member may be; the first is tried first. */
function rolesIn({ members }: Group): readonly Role[] {
  return members.some(({ role }) => role === 'standby') ? ['standby', 'active'] : ['active'];
}
