import type { Detection, Group, Member, Model, Service } from '../../model/model.ts';
import { blankGroup, blankModel, blankService } from '../blank.ts';
import { podsOf } from '../cluster/amount.ts';
import { Cluster, type JoinedWorkload, type Piece } from '../cluster/cluster.ts';
import type { ClusterService, DisruptionBudget } from '../cluster/policies.ts';

import { KUBERNETES, type Probe } from '../cluster/probe.ts';
import type { Workload } from '../cluster/workload.ts';
import { unsaid } from '../defaults.ts';
import { uniqueNames } from '../names.ts';

export interface KubernetesWhole {
  readonly model: Model;
  readonly cluster: Cluster;
}

/** More pods than this are counted, but not listed one by one. */
const MOST_MEMBERS = 100;

/** Several formats ask for the same resources, joined; by the first of them. */
const joined = new WeakMap<
  Piece,
  { readonly pieces: readonly Piece[]; readonly whole: KubernetesWhole }
>();

export function joinResources(all: readonly (Piece | undefined)[]): KubernetesWhole {
  const pieces = all.filter((piece) => piece !== undefined);
  const [first] = pieces;
  const known = first && joined.get(first);
  if (known?.pieces.length === pieces.length && known.pieces.every((one, i) => one === pieces[i])) {
    return known.whole;
  }
  const whole = join(pieces);
  if (first) joined.set(first, { pieces, whole });
  return whole;
}

function join(pieces: readonly Piece[]): KubernetesWhole {
  const cluster = new Cluster(pieces);
  const [first] = cluster.workloads;
  const blank = blankModel(first?.workload.resource.at.file ?? '');
  const names = uniqueNames([
    ...cluster.workloads.map(({ workload }) => workload.resource),
    ...cluster.services.map(({ resource }) => resource),
  ]);
  const groups = new Map<string, Group>();
  for (const joined of cluster.workloads) {
    const { resource } = joined.workload;
    const name = names.get(resource) ?? resource.name;
    groups.set(name, loweredWorkload(name, joined));
  }
  const services = new Map<string, Service>();
  for (const service of cluster.services) {
    const { name } = service.resource;
    const [behind, another] = cluster.behind(service);
    const runsOn = behind && !another ? names.get(behind.workload.resource) : undefined;
    services.set(names.get(service.resource) ?? name, loweredService(service, runsOn));
  }
  return { cluster, model: { ...blank, system: KUBERNETES, groups, services, wordings: {} } };
}

/** What was made of each, and of what besides: as long as that stays the same, so does it. */
const groupsBefore = new WeakMap<
  Workload,
  {
    readonly name: string;
    readonly count?: number;
    readonly budget: unknown;
    readonly group: Group;
  }
>();
const servicesBefore = new WeakMap<
  ClusterService,
  { readonly runsOn: string | undefined; readonly service: Service }
>();

function loweredWorkload(name: string, joined: JoinedWorkload): Group {
  const { workload } = joined;
  const count = joined.replicas?.min;
  const [budget] = joined.budgets;
  const before = groupsBefore.get(workload);
  if (before?.name === name && before.count === count && before.budget === budget) {
    return before.group;
  }
  const group = lowerWorkload(name, joined);
  groupsBefore.set(workload, { name, ...(count !== undefined && { count }), budget, group });
  return group;
}

function loweredService(cluster: ClusterService, runsOn: string | undefined): Service {
  const before = servicesBefore.get(cluster);
  if (before && before.runsOn === runsOn) return before.service;
  const { at, name, nameAt, spec } = cluster.resource;
  const service = {
    ...blankService(name, nameAt),
    at,
    doubtful: spec.unclear,
    ...(runsOn !== undefined && {
      runsOn: { value: runsOn, source: { kind: 'explicit' as const, at: nameAt } },
    }),
  };
  servicesBefore.set(cluster, { runsOn, service });
  return service;
}

function lowerWorkload(name: string, { budgets, replicas, workload }: JoinedWorkload): Group {
  const { containers, resource } = workload;
  const { at, nameAt } = resource;
  const count = replicas?.min ?? 0;
  const members = Array.from({ length: Math.min(count, MOST_MEMBERS) }, (_, index): Member => {
    return { name: `${name}-${index}`, nameAt, role: 'active', weight: unsaid(1, nameAt) };
  });
  const readiness = containers.flatMap((one) => one.readiness ?? [])[0];
  const [budget] = budgets;
  const disruptions = budget && replicas && disruptionsOf(budget, count);
  return {
    ...blankGroup(resource.name, nameAt),
    at,
    doubtful: replicas === undefined || count > MOST_MEMBERS,
    members,
    minHealthy:
      disruptions === undefined
        ? unsaid(Math.min(1, count), nameAt)
        : unsaid(Math.max(0, count - disruptions), nameAt),
    ...(readiness && { detection: lowerProbe(readiness) }),
  };
}

function lowerProbe({ at, failureThreshold, periodSeconds }: Probe): Detection {
  return {
    at,
    method: unsaid('heartbeat', at),
    intervalMs: { ...periodSeconds, value: periodSeconds.value * 1_000 },
    missed: failureThreshold,
    weakeningPhi: unsaid(3, at),
    failedPhi: unsaid(8, at),
  };
}

/**
 * How many of so many pods may be evicted at once. Shares are rounded up, of what must be there as
 * of what may be missing. Source: Kubernetes, `pkg/controller/disruption`.
 */
export function disruptionsOf(
  { maxUnavailable, minAvailable }: DisruptionBudget,
  replicas: number,
): number | undefined {
  if (maxUnavailable) return Math.min(replicas, podsOf(maxUnavailable.value, replicas, 'up'));
  if (minAvailable) return Math.max(0, replicas - podsOf(minAvailable.value, replicas, 'up'));
  return undefined;
}
