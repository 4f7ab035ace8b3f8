import { downtimeMs, MONTH_MS } from '../analysis/index.ts';
import type { Model, Service } from '../model/model.ts';
import type { Sourced } from '../model/source.ts';
import { sitesOf } from '../rules/facts/calls.ts';
import { type Capacity, capacityOf } from '../rules/facts/capacity.ts';
import { ownLatency } from '../rules/facts/latency.ts';
import { loadOf } from '../rules/facts/load.ts';
import { timesOf } from '../rules/facts/times.ts';
import type { InsightBase } from './insight.ts';
import { missingRates } from './missing.ts';
import { type Reachable, reachableBy } from './reachable.ts';

export interface ServiceInsight extends InsightBase {
  readonly kind: 'service';
  /** Requests a second while nothing fails, as far as the file says; 0 where it says nothing. */
  readonly perSecond: number;
  /** Of these, what comes from outside. */
  readonly fromOutside: number;
  readonly instances: number;
  readonly room?: Room;
  /** From a request to its answer on average, with all calls, as far as the file says. */
  readonly meanMs?: number;
  /** Whether the time of something that it waits for is not written, and counts as nothing. */
  readonly meanIsLeast: boolean;
  readonly hasCalls: boolean;
  readonly reachable?: Reachable;
  readonly budget?: ErrorBudget;
}

/** What the service, or the group that it runs on, can serve. */
export interface Room {
  /** The group, where it is not the service itself. */
  readonly group?: string;
  readonly capacity: Capacity;
  /** Share of it that is used, by all who run there. */
  readonly used: number;
  /** The same when one member is lost. */
  readonly usedAfterLoss?: number;
}

export interface ErrorBudget {
  readonly objective: Sourced<number>;
  /** Downtime that the objective leaves in 30 days. */
  readonly ms: number;
}

export function serviceInsight(model: Model, service: Service): ServiceInsight {
  const { instances, name, nameAt: at, objectives, ratePerSecond } = service;
  const perSecond = loadOf(model).least(service);
  const sites = sitesOf(model).get(service) ?? [];
  const room = roomOf(model, service);
  const reachable = reachableBy(model, [{ service, weight: 1 }]);
  const objective = objectives.availability;
  return {
    kind: 'service',
    name,
    at,
    perSecond,
    fromOutside: ratePerSecond?.value ?? 0,
    instances: instances.value,
    ...(room && { room }),
    ...(ownLatency(service) && { meanMs: timesOf(model).least(service) }),
    meanIsLeast: sites.some(({ callee }) => !ownLatency(callee)),
    hasCalls: sites.length > 0,
    ...(reachable && { reachable }),
    ...(objective && { budget: budgetOf(objective) }),
    wants: [
      ...missingRates(model, [service], 'how many requests it gets'),
      ...(reachable?.unknown ?? []),
    ],
  };
}

function budgetOf(objective: Sourced<number>): ErrorBudget {
  return { objective, ms: downtimeMs(1 - objective.value, MONTH_MS) ?? 0 };
}

function roomOf(model: Model, service: Service): Room | undefined {
  const group = service.runsOn && model.groups.get(service.runsOn.value);
  const node = group ?? service;
  const capacity = group?.doubtful ? undefined : capacityOf(node);
  const load = loadOf(model).least(node);
  if (!capacity || load === 0 || !(capacity.perSecond > 0)) return undefined;
  const afterLoss = group && capacityOf(group, 1)?.perSecond;
  return {
    ...(group && { group: group.name }),
    capacity,
    used: load / capacity.perSecond,
    ...(afterLoss && { usedAfterLoss: load / afterLoss }),
  };
}
