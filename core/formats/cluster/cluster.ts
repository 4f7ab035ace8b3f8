import type { FormatDocument } from '../document.ts';
import {
  type Autoscaler,
  type ClusterService,
  type DisruptionBudget,
  type Kustomization,
  readAutoscaler,
  readDisruptionBudget,
  readKustomization,
  readService,
} from './policies.ts';
import {
  kindOf,
  type Labels,
  mayShareNamespace,
  nearest,
  type Resource,
  readResource,
  selects,
} from './resource.ts';
import { readWorkload, type Workload } from './workload.ts';

/** One resource of those that are joined. */
export type Piece =
  | { readonly kind: 'workload'; readonly workload: Workload }
  | { readonly kind: 'budget'; readonly budget: DisruptionBudget }
  | { readonly kind: 'autoscaler'; readonly autoscaler: Autoscaler }
  | { readonly kind: 'service'; readonly service: ClusterService }
  | { readonly kind: 'kustomization'; readonly kustomization: Kustomization };

export const CLUSTER_KINDS = [
  'Deployment',
  'StatefulSet',
  'PodDisruptionBudget',
  'HorizontalPodAutoscaler',
  'ScaledObject',
  'Service',
  'Kustomization',
] as const;

const known = new WeakMap<FormatDocument, { readonly piece: Piece | undefined }>();

/** Reads a document once, however many formats ask for it. */
export function readPiece(document: FormatDocument): Piece | undefined {
  const found = known.get(document) ?? { piece: pieceOf(document) };
  known.set(document, found);
  return found.piece;
}

function pieceOf(document: FormatDocument): Piece | undefined {
  const resource = readResource(document);
  const kind = kindOf(document.root);
  if (!resource) return undefined;
  switch (kind) {
    case 'Deployment':
    case 'StatefulSet':
      return { kind: 'workload', workload: readWorkload(kind, resource) };
    case 'PodDisruptionBudget':
      return { kind: 'budget', budget: readDisruptionBudget(resource) };
    case 'HorizontalPodAutoscaler':
    case 'ScaledObject': {
      const autoscaler = readAutoscaler(resource);
      return autoscaler && { kind: 'autoscaler', autoscaler };
    }
    case 'Service':
      return { kind: 'service', service: readService(resource) };
    case 'Kustomization':
      return { kind: 'kustomization', kustomization: readKustomization(resource) };
    default:
      return undefined;
  }
}

/** A workload with all that other resources say of it. */
export interface JoinedWorkload {
  readonly workload: Workload;
  readonly budgets: readonly DisruptionBudget[];
  readonly autoscalers: readonly Autoscaler[];
  readonly services: readonly ClusterService[];
  /** How many pods there are; absent where nobody can know. */
  readonly replicas?: ReplicaRange;
}

export interface ReplicaRange {
  readonly min: number;
  readonly max: number;
}

/** All resources that may be of one cluster, joined. */
export class Cluster {
  readonly workloads: readonly JoinedWorkload[];
  readonly budgets: readonly DisruptionBudget[];
  readonly autoscalers: readonly Autoscaler[];
  readonly services: readonly ClusterService[];
  readonly #byService = new Map<ClusterService, JoinedWorkload[]>();
  readonly #servicesByName = new Map<string, ClusterService[]>();

  constructor(pieces: readonly Piece[]) {
    const workloads = pieces.flatMap((one) => (one.kind === 'workload' ? one.workload : []));
    this.budgets = pieces.flatMap((one) => (one.kind === 'budget' ? one.budget : []));
    this.autoscalers = pieces.flatMap((one) => (one.kind === 'autoscaler' ? one.autoscaler : []));
    this.services = pieces.flatMap((one) => (one.kind === 'service' ? one.service : []));
    const whole = workloads.filter(({ isPatch }) => !isPatch);
    const patched = new Set(workloads.filter(({ isPatch }) => isPatch).map(idOf));
    const changed = new Set(
      pieces.flatMap((one) => (one.kind === 'kustomization' ? [...one.kustomization.changed] : [])),
    );
    const byLabel = new LabelIndex(whole);
    const budgets = attach(this.budgets, (one) => byLabel.selectedBy(one));
    const services = attach(this.services, (one) => byLabel.selectedBy(one));
    const byId = groupBy(whole, idOf);
    const autoscalers = attach(this.autoscalers, (one) => targetsOf(one, byId));
    this.workloads = whole.map((workload): JoinedWorkload => {
      const own = autoscalers.get(workload) ?? [];
      // Who patches a workload may say anything of it.
      const isChanged = patched.has(idOf(workload)) || changed.has(workload.resource.name);
      const replicas = isChanged ? undefined : rangeOf(workload, own);
      return {
        workload,
        budgets: budgets.get(workload) ?? [],
        autoscalers: own,
        services: services.get(workload) ?? [],
        ...(replicas && { replicas }),
      };
    });
    for (const joined of this.workloads) {
      for (const service of joined.services) push(this.#byService, service, joined);
    }
    for (const service of this.services) {
      push(this.#servicesByName, service.resource.name, service);
    }
  }

  /** The workloads behind a service. */
  behind(service: ClusterService): readonly JoinedWorkload[] {
    return this.#byService.get(service) ?? [];
  }

  /**
   * The service that a host name means to a resource: `name`, `name.namespace`, or
   * `name.namespace.svc` with a domain behind it. None where there is none, or where nobody can know
   * which of several it is.
   */
  serviceNamed(host: string, from: Resource): ClusterService | undefined {
    const [name = '', namespace = from.namespace, svc, ...domain] = host.split('.');
    if (svc !== undefined && svc !== 'svc') return undefined;
    if (domain.length > 0 && domain.join('.') !== 'cluster.local') return undefined;
    const named = (this.#servicesByName.get(name) ?? []).filter(({ resource }) => {
      const own = resource.namespace;
      return own === undefined || namespace === undefined || own === namespace;
    });
    const found = nearest(from.at.file, named);
    return found.length === 1 ? found[0] : undefined;
  }
}

function idOf({ kind, resource }: Workload): string {
  return `${kind} ${resource.name}`;
}

function targetsOf(
  { resource, targetKind, targetName }: Autoscaler,
  byId: ReadonlyMap<string, readonly Workload[]>,
): readonly Workload[] {
  const named = byId.get(`${targetKind} ${targetName.value}`) ?? [];
  return named.filter((one) => mayShareNamespace(one.resource, resource));
}

function rangeOf(
  { replicas, unclear }: Workload,
  autoscalers: readonly Autoscaler[],
): ReplicaRange | undefined {
  if (autoscalers.length > 1) return undefined;
  const [autoscaler] = autoscalers;
  if (autoscaler) {
    const { maxReplicas, minReplicas } = autoscaler;
    const isKnown = maxReplicas && !autoscaler.resource.spec.unclear;
    return isKnown ? { min: minReplicas.value, max: maxReplicas.value } : undefined;
  }
  return unclear ? undefined : { min: replicas.value, max: replicas.value };
}

/** For each workload what is of it, of all that may be the nearest. */
function attach<T extends { readonly resource: Resource }>(
  all: readonly T[],
  find: (one: T) => readonly Workload[],
): ReadonlyMap<Workload, readonly T[]> {
  const attached = new Map<Workload, T[]>();
  for (const one of all) {
    for (const workload of nearest(one.resource.at.file, find(one))) push(attached, workload, one);
  }
  return attached;
}

/** Finds workloads by the labels of their pods without looking at all of them. */
class LabelIndex {
  readonly #byLabel: ReadonlyMap<string, readonly Workload[]>;

  constructor(workloads: readonly Workload[]) {
    const byLabel = new Map<string, Workload[]>();
    for (const workload of workloads) {
      for (const [key, value] of workload.podLabels ?? [])
        push(byLabel, `${key}=${value}`, workload);
    }
    this.#byLabel = byLabel;
  }

  selectedBy({
    resource,
    selector,
  }: {
    readonly resource: Resource;
    readonly selector?: Labels;
  }): readonly Workload[] {
    if (!selector || selector.size === 0) return [];
    const candidates = [...selector]
      .map(([key, value]) => this.#byLabel.get(`${key}=${value}`) ?? [])
      .sort((a, b) => a.length - b.length)[0];
    return (candidates ?? []).filter(
      (one) =>
        one.podLabels !== undefined &&
        selects(selector, one.podLabels) &&
        mayShareNamespace(one.resource, resource),
    );
  }
}

function groupBy<T>(
  all: readonly T[],
  keyOf: (one: T) => string,
): ReadonlyMap<string, readonly T[]> {
  const groups = new Map<string, T[]>();
  for (const one of all) push(groups, keyOf(one), one);
  return groups;
}

function push<K, V>(map: Map<K, V[]>, key: K, value: V): void {
  const known = map.get(key);
  if (known) known.push(value);
  else map.set(key, [value]);
}
