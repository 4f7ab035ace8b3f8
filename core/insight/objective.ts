import type { Group, Model, Service } from '../model/model.ts';
import type { Sourced } from '../model/source.ts';
import { detectionTime } from '../rules/facts/detection.ts';
import { replicatedGroups } from '../rules/facts/groups.ts';
import { recoveryTimes } from '../rules/facts/recovery.ts';
import { entriesOf } from './entries.ts';
import type { InsightBase } from './insight.ts';
import { type LatencyFloor, latencyFloor } from './latency-floor.ts';
import { type Reachable, reachableBy } from './reachable.ts';

/** Whether a promise can be kept, and what stands in its way. */
export type ObjectiveInsight = InsightBase & { readonly kind: 'objective' } & (
    | {
        readonly measure: 'availability';
        readonly target: number;
        /** The service that promises it; the system where there is none. */
        readonly of?: string;
        readonly reachable?: Reachable;
      }
    | {
        readonly measure: 'latency';
        readonly percentile: 'p50' | 'p95' | 'p99';
        readonly targetMs: number;
        readonly floor?: LatencyFloor;
      }
    | {
        readonly measure: 'rto' | 'rpo';
        readonly targetMs: number;
        /** The group that is furthest from keeping it. */
        readonly worst?: GroupTime;
      }
  );

/** A length of time, the group that it is true of, and what it is spent on. */
export interface GroupTime {
  readonly ms: number;
  readonly group: string;
  readonly how: 'takeover' | 'recovery' | 'replication';
}

const PERCENTILES = { p50: 0.5, p95: 0.95, p99: 0.99 } as const;

/** An objective of the file that is written, and how to judge it. */
export interface WrittenObjective {
  readonly value: Sourced<number>;
  readonly judge: (model: Model) => ObjectiveInsight;
}

export function writtenObjectives({ objectives, services }: Model): WrittenObjective[] {
  const { availability, latencyP50Ms, latencyP95Ms, latencyP99Ms, rpoMs, rtoMs } = objectives;
  const written: WrittenObjective[] = [];
  const add = (
    value: Sourced<number> | undefined,
    judge: (model: Model, value: Sourced<number>) => ObjectiveInsight,
  ) => {
    if (value) written.push({ value, judge: (model) => judge(model, value) });
  };
  add(availability, (model, value) => availabilityInsight(model, value));
  add(latencyP50Ms, (model, value) => latencyInsight(model, value, 'p50'));
  add(latencyP95Ms, (model, value) => latencyInsight(model, value, 'p95'));
  add(latencyP99Ms, (model, value) => latencyInsight(model, value, 'p99'));
  add(rtoMs, (model, value) => timeInsight('rto', value, worstOf(model, recoveryOf)));
  add(rpoMs, (model, value) => timeInsight('rpo', value, worstLoss(model)));
  for (const service of services.values()) {
    add(service.objectives.availability, (model, value) =>
      availabilityInsight(model, value, service),
    );
  }
  return written;
}

function availabilityInsight(
  model: Model,
  { source: { at }, value: target }: Sourced<number>,
  service?: Service,
): ObjectiveInsight {
  const { entries, wants } = service
    ? { entries: [{ service, weight: 1 }], wants: [] }
    : entriesOf(model, 'what is reachable');
  const reachable = reachableBy(model, entries);
  return {
    kind: 'objective',
    measure: 'availability',
    name: 'availability',
    at,
    target,
    ...(service && { of: service.name }),
    ...(reachable && { reachable }),
    wants: [...wants, ...(reachable?.unknown ?? [])],
  };
}

function latencyInsight(
  model: Model,
  { source: { at }, value: targetMs }: Sourced<number>,
  percentile: keyof typeof PERCENTILES,
): ObjectiveInsight {
  const { entries, wants } = entriesOf(model, 'how fast answers can be');
  const floor = latencyFloor(model, entries, PERCENTILES[percentile]);
  return {
    kind: 'objective',
    measure: 'latency',
    name: percentile,
    percentile,
    at,
    targetMs,
    ...(floor && { floor }),
    wants,
  };
}

function timeInsight(
  measure: 'rto' | 'rpo',
  { source: { at }, value: targetMs }: Sourced<number>,
  worst: GroupTime | undefined,
): ObjectiveInsight {
  const base = { kind: 'objective', measure, name: measure, at, targetMs, wants: [] } as const;
  return worst ? { ...base, worst } : base;
}

function worstOf(model: Model, time: (group: Group) => GroupTime): GroupTime | undefined {
  const groups = [...model.groups.values()].filter(
    ({ doubtful, members }) => !doubtful && members.length > 0,
  );
  return groups.map(time).sort((a, b) => b.ms - a.ms)[0];
}

/** How long a group may be below its minimum after one of its actives has failed. */
function recoveryOf(group: Group): GroupTime {
  const { activationMs, members, minHealthy, name, recovery } = group;
  const needed = Math.max(1, minHealthy.value);
  const active = members.filter(({ role }) => role === 'active').length;
  if (active > needed) return { ms: 0, group: name, how: 'takeover' };
  const noticedMs = detectionTime(group)?.mostMs ?? 0;
  if (members.length > needed) {
    return { ms: noticedMs + activationMs.value, group: name, how: 'takeover' };
  }
  return { ms: noticedMs + recoveryTimes(recovery).meanMs, group: name, how: 'recovery' };
}

/** What a failover may lose; groups that do not say how they replicate are not judged. */
function worstLoss(model: Model): GroupTime | undefined {
  return replicatedGroups(model)
    .map(({ name, replication }): GroupTime => {
      const ms = replication?.mode.value === 'async' ? replication.lagMs.value : 0;
      return { ms, group: name, how: 'replication' };
    })
    .sort((a, b) => b.ms - a.ms)[0];
}
