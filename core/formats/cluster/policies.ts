import type { Sourced, SourceRange } from '../../model/source.ts';
import { usual } from '../defaults.ts';
import type { Fields } from '../fields.ts';
import { type Amount, readAmount } from './amount.ts';
import { KUBERNETES } from './probe.ts';
import { type Labels, type Resource, readLabels } from './resource.ts';

/** How many pods may be evicted at once when a node is drained. */
export interface DisruptionBudget {
  readonly resource: Resource;
  /** Absent where nobody can know which pods it is of. */
  readonly selector?: Labels;
  readonly minAvailable?: Sourced<Amount>;
  readonly maxUnavailable?: Sourced<Amount>;
}

/** How many replicas a workload has, by how busy it is. */
export interface Autoscaler {
  readonly resource: Resource;
  readonly targetKind: string;
  readonly targetName: Sourced<string>;
  readonly minReplicas: Sourced<number>;
  /** Absent where nobody can know. */
  readonly maxReplicas?: Sourced<number>;
  /** Resources whose use it holds against what containers ask for. */
  readonly utilization: readonly { readonly resource: string; readonly at: SourceRange }[];
}

/** What changes other resources when they are built, by their names. */
export interface Kustomization {
  readonly changed: ReadonlySet<string>;
}

/** A name for the pods that a selector selects. */
export interface ClusterService {
  readonly resource: Resource;
  readonly selector?: Labels;
}

export function readDisruptionBudget(resource: Resource): DisruptionBudget {
  const { spec } = resource;
  const selector = readSelector(spec.part('selector'));
  const minAvailable = readAmount(spec, 'minAvailable');
  const maxUnavailable = readAmount(spec, 'maxUnavailable');
  return {
    resource,
    ...(selector && { selector }),
    ...(minAvailable && { minAvailable }),
    ...(maxUnavailable && { maxUnavailable }),
  };
}

/** Of the scalers that are no part of Kubernetes, KEDA's `ScaledObject`. */
export function readAutoscaler(resource: Resource): Autoscaler | undefined {
  const { kind, nameAt, spec } = resource;
  const isKeda = kind === 'ScaledObject';
  const target = spec.part('scaleTargetRef');
  const targetName = target.text('name');
  if (!targetName) return undefined;
  const maxReplicas = spec.number(isKeda ? 'maxReplicaCount' : 'maxReplicas');
  const minReplicas = spec.number(isKeda ? 'minReplicaCount' : 'minReplicas');
  return {
    resource,
    targetKind: target.text('kind')?.value ?? 'Deployment',
    targetName,
    minReplicas: minReplicas ?? usual(isKeda ? 0 : 1, nameAt, isKeda ? 'KEDA' : KUBERNETES),
    ...(maxReplicas && { maxReplicas }),
    utilization: spec.items('metrics').flatMap(readUtilization),
  };
}

function readUtilization(metric: Fields) {
  const resource = metric.part('resource');
  const name = resource.text('name');
  const type = resource.part('target').text('type')?.value;
  return metric.text('type')?.value === 'Resource' && type === 'Utilization' && name
    ? [{ resource: name.value, at: name.source.at }]
    : [];
}

export function readService(resource: Resource): ClusterService {
  const selector = resource.spec.part('selector');
  const labels = readLabels(selector);
  return { resource, ...(selector.exists && labels && { selector: labels }) };
}

/** Counts of replicas, and patches that are written in it; those in files speak for themselves. */
export function readKustomization({ fields }: Resource): Kustomization {
  const counted = fields.items('replicas').flatMap((one) => one.scalar('name')?.value ?? []);
  const patched = ['patches', 'patchesStrategicMerge', 'patchesJson6902'].flatMap((key) =>
    fields.items(key).flatMap((patch) => {
      const inline = patch.scalar('patch')?.value ?? scalarOf(patch);
      const names = [...inline.matchAll(/\bname["']?:\s*["']?([\w.-]+)/g)].map(
        ([, name = '']) => name,
      );
      return [...names, patch.part('target').scalar('name')?.value ?? ''];
    }),
  );
  return { changed: new Set([...counted, ...patched]) };
}

function scalarOf({ node }: Fields): string {
  return node?.kind === 'scalar' ? String(node.value) : '';
}

function readSelector(selector: Fields): Labels | undefined {
  if (!selector.exists || selector.has('matchExpressions')) return undefined;
  const labels = readLabels(selector.part('matchLabels'));
  // An empty selector is of all pods of the namespace, whichever they are.
  return labels && labels.size > 0 ? labels : undefined;
}
