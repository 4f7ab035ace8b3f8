import type { Sourced, SourceRange } from '../../model/source.ts';
import { usual } from '../defaults.ts';
import type { Fields } from '../fields.ts';
import { type Amount, readAmount } from './amount.ts';
import { KUBERNETES, type Probe, readProbe } from './probe.ts';
import { type Labels, type Resource, readLabels } from './resource.ts';

export type WorkloadKind = 'Deployment' | 'StatefulSet';

/** What runs pods. */
export interface Workload {
  readonly kind: WorkloadKind;
  readonly resource: Resource;
  readonly replicas: Sourced<number>;
  readonly podLabels: Labels | undefined;
  readonly strategy: Strategy;
  readonly graceSeconds: Sourced<number>;
  readonly containers: readonly Container[];
  readonly spread: readonly SpreadRule[];
  /** Only a change of one that is written elsewhere. */
  readonly isPatch: boolean;
  /** Something of it is written, but nobody can know what it will be. */
  readonly unclear: boolean;
}

/** How one version of the pods takes the place of another. */
export interface Strategy {
  readonly type: Sourced<string>;
  readonly maxUnavailable: Sourced<Amount>;
}

export interface Container {
  readonly name: string;
  readonly at: SourceRange;
  readonly liveness?: Probe;
  readonly readiness?: Probe;
  readonly startup?: Probe;
  /** What it asks the scheduler for: `cpu`, `memory`. */
  readonly requests: ReadonlySet<string>;
  /** How long it sleeps before it is told to stop. */
  readonly preStopSeconds?: Sourced<number>;
}

/** Asks the scheduler to spread pods over nodes or zones. */
export interface SpreadRule {
  readonly at: SourceRange;
  /** Which pods it spreads; absent where nobody can know. */
  readonly selector?: Labels;
}

export function readWorkload(kind: WorkloadKind, resource: Resource): Workload {
  const { nameAt, spec } = resource;
  const template = spec.part('template');
  const pod = template.part('spec');
  const labels = readLabels(template.part('metadata').part('labels'));
  const replicas = spec.number('replicas');
  return {
    kind,
    resource,
    replicas: replicas ?? usual(1, nameAt, KUBERNETES),
    podLabels: labels,
    strategy: readStrategy(kind, spec, nameAt),
    graceSeconds: pod.number('terminationGracePeriodSeconds') ?? usual(30, nameAt, KUBERNETES),
    containers: pod.items('containers').map(readContainer),
    spread: pod.items('topologySpreadConstraints').map(readSpreadRule),
    isPatch: !spec.has('selector'),
    unclear: spec.unclear || pod.unclear,
  };
}

function readStrategy(kind: WorkloadKind, spec: Fields, nameAt: SourceRange): Strategy {
  const strategy = spec.part(kind === 'Deployment' ? 'strategy' : 'updateStrategy');
  const rolling = strategy.part('rollingUpdate');
  const otherwise: Amount =
    kind === 'Deployment' ? { kind: 'percent', percent: 25 } : { kind: 'count', count: 1 };
  return {
    type: strategy.text('type') ?? usual('RollingUpdate', nameAt, KUBERNETES),
    maxUnavailable: readAmount(rolling, 'maxUnavailable') ?? usual(otherwise, nameAt, KUBERNETES),
  };
}

function readContainer(fields: Fields): Container {
  const name = fields.scalar('name');
  const resources = fields.part('resources');
  const liveness = readProbe(fields, 'livenessProbe');
  const readiness = readProbe(fields, 'readinessProbe');
  const startup = readProbe(fields, 'startupProbe');
  const preStopSeconds = sleepOf(fields.part('lifecycle').part('preStop'));
  return {
    name: name?.value ?? '',
    at: name?.source.at ?? fields.at,
    ...(liveness && { liveness }),
    ...(readiness && { readiness }),
    ...(startup && { startup }),
    // A limit without a request is one too.
    requests: new Set([...resources.part('requests').keys, ...resources.part('limits').keys]),
    ...(preStopSeconds && { preStopSeconds }),
  };
}

/** The seconds of a `sleep`, as a command or as the action of that name. */
function sleepOf(preStop: Fields): Sourced<number> | undefined {
  const action = preStop.part('sleep').number('seconds');
  if (action) return action;
  const exec = preStop.part('exec');
  const words = exec.items('command');
  const command = words
    .map(({ node }) => (node?.kind === 'scalar' ? String(node.value) : ''))
    .join(' ');
  const [, seconds] = /(?:^|\s)(?:\/bin\/)?sleep\s+(\d+)s?$/.exec(command) ?? [];
  const last = words.at(-1);
  if (seconds === undefined || !last) return undefined;
  return { value: Number(seconds), source: { kind: 'explicit', at: last.at } };
}

function readSpreadRule(fields: Fields): SpreadRule {
  const selector = fields.part('labelSelector');
  const labels = readLabels(selector.part('matchLabels'));
  const isKnown = selector.exists && !selector.has('matchExpressions') && labels;
  return {
    at: selector.exists ? selector.at : fields.at,
    ...(isKnown && labels.size > 0 && { selector: labels }),
  };
}
