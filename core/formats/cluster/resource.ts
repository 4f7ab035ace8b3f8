import { entryOf, type MappingNode } from '../../config/syntax/node.ts';
import type { SourceRange } from '../../model/source.ts';
import { usual } from '../defaults.ts';
import type { FormatDocument } from '../document.ts';
import type { Fields } from '../fields.ts';

/** A Kubernetes resource: what all kinds have in common. */
export interface Resource {
  readonly kind: string;
  readonly name: string;
  /** Where the name is written. */
  readonly nameAt: SourceRange;
  /** Absent where whoever applies it says so. */
  readonly namespace?: string;
  /** All of the document. */
  readonly at: SourceRange;
  readonly fields: Fields;
  readonly spec: Fields;
}

export type Labels = ReadonlyMap<string, string>;

/** Reads what all resources have; without a name there is nothing to speak of. */
export function readResource({ fields, root }: FormatDocument): Resource | undefined {
  const metadata = fields.part('metadata');
  const kind = kindOf(root);
  const { file, start } = fields.at;
  // Its file is all the name that a kustomization has.
  const name =
    metadata.text('name') ??
    (kind === 'Kustomization' ? usual(file, { file, start, end: start }, 'Kustomize') : undefined);
  if (!name || kind === undefined) return undefined;
  const namespace = metadata.scalar('namespace')?.value;
  return {
    kind,
    name: name.value,
    nameAt: name.source.at,
    ...(namespace !== undefined && { namespace }),
    at: { file: name.source.at.file, ...root.range },
    fields,
    spec: fields.part('spec'),
  };
}

export function kindOf(root: MappingNode): string | undefined {
  return textAt(root, 'kind');
}

/** `apps` of `apps/v1`; empty for what has no group. */
export function apiGroupOf(root: MappingNode): string | undefined {
  const version = textAt(root, 'apiVersion');
  return version?.includes('/') ? version.split('/')[0] : version && '';
}

/** Labels, all of whose values can be known; `undefined` where one cannot. */
export function readLabels(fields: Fields): Labels | undefined {
  const labels = new Map<string, string>();
  for (const key of fields.keys) {
    const value = fields.scalar(key);
    if (!value) return undefined;
    labels.set(key, value.value);
  }
  return labels;
}

/** Whether labels have all that a selector asks for. */
export function selects(selector: Labels, labels: Labels): boolean {
  return [...selector].every(([key, value]) => labels.get(key) === value);
}

/** Whether two resources may be in the same namespace. */
export function mayShareNamespace(a: Resource, b: Resource): boolean {
  return a.namespace === undefined || b.namespace === undefined || a.namespace === b.namespace;
}

/**
 * Those of several resources that are written nearest to a file: a folder often holds the same
 * names once for each environment.
 */
export function nearest<T extends { readonly resource: Resource }>(
  file: string,
  found: readonly T[],
): readonly T[] {
  if (found.length < 2) return found;
  const ranks = found.map(({ resource }) => sharedFolders(file, resource.at.file));
  const best = Math.max(...ranks);
  return found.filter((_, index) => ranks[index] === best);
}

/** How many folders two paths have in common; the same file is nearest of all. */
function sharedFolders(a: string, b: string): number {
  if (a === b) return Number.POSITIVE_INFINITY;
  const left = a.split(/[\\/]/).slice(0, -1);
  const right = b.split(/[\\/]/).slice(0, -1);
  const differs = left.findIndex((folder, index) => folder !== right[index]);
  return differs < 0 ? left.length : differs;
}

function textAt(root: MappingNode, key: string): string | undefined {
  const value = entryOf(root, key)?.value;
  return value?.kind === 'scalar' ? String(value.value) : undefined;
}
