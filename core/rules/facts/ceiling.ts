import { availabilityCeiling, bottlenecks, type StructureFunction } from '../../analysis/index.ts';
import type { Model, Service } from '../../model/model.ts';
import {
  dependenciesOf,
  dependenciesWithSoundGroups,
  groupId,
  type Part,
  requestsId,
} from './dependencies.ts';

/** The highest availability that the requests of a service can have with what it cannot do without. */
export interface Ceiling {
  /** At most this, in [0, 1]. */
  readonly up: number;
  readonly down: number;
  /** What limits it, worst first; members are told as their group. Worked out when asked for. */
  limits(): readonly Limit[];
  /** What is not known, and counts as always up. */
  readonly unknown: readonly Part[];
}

/** What one part costs. */
export interface Limit {
  readonly part: Part;
  /** Share of time that it is down, in [0, 1]. */
  readonly down: number;
}

/** Beyond, a file is not judged: for each service the whole graph below it would be worked through. */
const MOST_NODES = 10_000;

/** @param withGroups whether groups count as down while they are below their minimum */
export function ceilingOf(
  model: Model,
  service: Service,
  withGroups: boolean,
): Ceiling | undefined {
  const { parts, structure } = (withGroups ? dependenciesOf : dependenciesWithSoundGroups)(model);
  if (structure.ids.length > MOST_NODES) return undefined;
  const entry = requestsId(service);
  const found = availabilityCeiling(structure, entry);
  if (!found) return undefined;
  const [up, down] = found.kind === 'exact' ? [found.up, found.down] : [found.most, 1 - found.most];
  return {
    up,
    down,
    limits: () => limitsOf(structure, entry, parts),
    unknown: found.unknown.flatMap((id) => parts.get(id) ?? []),
  };
}

function limitsOf(
  structure: StructureFunction,
  entry: string,
  parts: ReadonlyMap<string, Part>,
): Limit[] {
  const limits = new Map<string, Limit>();
  for (const { down, id } of bottlenecks(structure, entry)) {
    const part = parts.get(id);
    if (!part) continue;
    // A group that needs all of its members is as good as they are together.
    const key = part.kind === 'member' ? groupId(part.group.name) : id;
    const known = limits.get(key)?.down ?? 0;
    const told = parts.get(key) ?? part;
    limits.set(key, { part: told, down: 1 - (1 - known) * (1 - down) });
  }
  return [...limits.values()].sort((a, b) => b.down - a.down);
}
