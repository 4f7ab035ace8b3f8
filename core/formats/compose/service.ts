import type { Sourced, SourceRange } from '../../model/source.ts';
import { usual } from '../defaults.ts';
import type { Fields } from '../fields.ts';
import { durationOf, type Healthcheck, readHealthcheck } from './healthcheck.ts';
import type { Layers } from './layers.ts';
import { COMPOSE, DOCKER } from './names.ts';

/** A service as the files of a project say it together. */
export interface ComposeService {
  readonly name: string;
  readonly nameAt: SourceRange;
  readonly at: SourceRange;
  readonly fields: Layers;
  readonly image?: Sourced<string>;
  readonly isBuilt: boolean;
  /** Containers; absent where nobody can know. */
  readonly replicas?: Sourced<number>;
  readonly restart?: Restart;
  readonly healthcheck?: Healthcheck;
  readonly dependencies: readonly Dependency[];
  readonly deploy: Layers;
  /** How long it has to end before it is killed. */
  readonly graceMs: Sourced<number>;
  /** What other files may say of it too, so that what is here may not be what counts. */
  readonly elsewhere: ReadonlySet<string>;
  /** A piece of it is in a file that nobody has seen. */
  readonly isPartial: boolean;
}

/** What happens when a container ends. */
export interface Restart {
  readonly condition: Sourced<RestartCondition>;
  /** Tries in a row before it is left alone; absent means without limit. */
  readonly maxAttempts?: Sourced<number>;
  /** Under which of the two keys it is written. */
  readonly key: 'restart' | 'deploy.restart_policy';
}

export type RestartCondition = 'no' | 'on-failure' | 'always' | 'unless-stopped';

/** A service that has to be there before this one. */
export interface Dependency {
  readonly name: string;
  readonly at: SourceRange;
  readonly condition: Sourced<string>;
  /** In a list there are names only. */
  readonly isListed: boolean;
  readonly isRequired: boolean;
}

const CONDITIONS: Readonly<Record<string, RestartCondition>> = {
  no: 'no',
  none: 'no',
  'on-failure': 'on-failure',
  any: 'always',
  always: 'always',
  'unless-stopped': 'unless-stopped',
};

export function readService(
  name: string,
  fields: Layers,
  elsewhere: ReadonlySet<string>,
  isPartial: boolean,
): ComposeService {
  const first = fields.all.find((one) => one.exists) ?? (fields.all[0] as Fields);
  const deploy = fields.part('deploy');
  const image = fields.text('image');
  const replicas = readReplicas(fields, deploy, first.at);
  const restart = readRestart(fields, deploy);
  const healthcheck = readHealthcheck(fields);
  return {
    name,
    nameAt: first.at,
    at: first.extent,
    fields,
    ...(image && { image }),
    isBuilt: fields.has('build'),
    ...(replicas && { replicas }),
    ...(restart && { restart }),
    ...(healthcheck && { healthcheck }),
    dependencies: readDependencies(fields),
    deploy,
    graceMs: durationOf(fields, 'stop_grace_period') ?? usual(10_000, first.at, DOCKER),
    elsewhere,
    isPartial,
  };
}

/** Whether all that is written of a key can be seen here. */
export function isCertain({ elsewhere, isPartial }: ComposeService, key: string): boolean {
  return !isPartial && !elsewhere.has(key);
}

function readReplicas(
  fields: Layers,
  deploy: Layers,
  at: SourceRange,
): Sourced<number> | undefined {
  const written = fields.has('scale') ? fields.number('scale') : deploy.number('replicas');
  if (written) return written;
  const isKnown = !fields.has('scale') && !deploy.has('replicas');
  return isKnown ? usual(1, at, COMPOSE) : undefined;
}

/** Source: docker/compose, `getRestartPolicy`: what `deploy` says counts. */
function readRestart(fields: Layers, deploy: Layers): Restart | undefined {
  if (deploy.has('restart_policy')) {
    const policy = deploy.part('restart_policy');
    const condition = policy.read('condition', (value) => CONDITIONS[String(value)]);
    const maxAttempts = policy.number('max_attempts');
    if (!condition) return undefined;
    return { condition, ...(maxAttempts && { maxAttempts }), key: 'deploy.restart_policy' };
  }
  const parsed = fields.read('restart', (value) => {
    const [word = '', most] = String(value).split(':');
    const condition = CONDITIONS[word];
    return condition && { condition, most: most === undefined ? undefined : Number(most) };
  });
  if (!parsed) return undefined;
  const { condition, most } = parsed.value;
  return {
    condition: { ...parsed, value: condition },
    ...(most !== undefined && most > 0 && { maxAttempts: { ...parsed, value: most } }),
    key: 'restart',
  };
}

function readDependencies(fields: Layers): readonly Dependency[] {
  const byName = new Map<string, Dependency>();
  for (const { fields: own, node } of fields.nodes('depends_on')) {
    const found = node.kind === 'sequence' ? listedIn(own, node) : mappedIn(own);
    for (const one of found) byName.set(one.name, one);
  }
  return [...byName.values()];
}

function listedIn(
  { at: { file } }: Fields,
  { items }: { readonly items: readonly NonNullable<Fields['node']>[] },
): readonly Dependency[] {
  return items.flatMap((item) => {
    if (item.kind !== 'scalar' || typeof item.value !== 'string') return [];
    const at = { file, ...item.range };
    const condition = usual('service_started', at, COMPOSE);
    return [{ name: item.value, at, condition, isListed: true, isRequired: true }];
  });
}

function mappedIn(dependsOn: Fields): readonly Dependency[] {
  return dependsOn.named().map(([name, one]): Dependency => {
    const condition = one.text('condition') ?? usual('service_started', one.at, COMPOSE);
    const isRequired = one.boolean('required')?.value !== false;
    return { name, at: one.at, condition, isListed: false, isRequired };
  });
}
