import type { Model, Service } from '../model/model.ts';
import { ceilingOf, type Limit } from '../rules/facts/ceiling.ts';
import { dependenciesOf, type Part } from '../rules/facts/dependencies.ts';
import type { Want } from './insight.ts';
import { missingAvailability } from './missing.ts';

/** How available services can be with what they depend on. */
export interface Reachable {
  /** Share of requests that get an answer, in [0, 1]; an upper bound where something is not known. */
  readonly up: number;
  readonly down: number;
  /** All that they cannot do without and that is ever down, worst first. */
  readonly limits: readonly Limit[];
  /** Whether cached answers stand in for something; they count as always there. */
  readonly relyOnCaches: boolean;
  /** What is not known, and counts as always up. */
  readonly unknown: readonly Want[];
}

/** A service, and how much of the requests it gets; the weights need not add up to 1. */
export interface Entry {
  readonly service: Service;
  readonly weight: number;
}

/** Entries times nodes of the graph: beyond, the answer would come after the next key. */
const MOST_WORK = 500_000;
const TELLS = 'what is reachable';

/**
 * By closed form, over all entries together, each with its share of the requests. None where a part
 * that matters is still being typed, nothing is known, or the graph is too large.
 */
export function reachableBy(model: Model, entries: readonly Entry[]): Reachable | undefined {
  const total = entries.reduce((sum, { weight }) => sum + weight, 0);
  const work = entries.length * dependenciesOf(model).structure.ids.length;
  if (!(total > 0) || work > MOST_WORK) return undefined;
  let [up, down] = [0, 0];
  const limits = new Map<Part, number>();
  const unknown = new Set<Part>();
  for (const { service, weight } of entries) {
    const ceiling = ceilingOf(model, service, true);
    if (!ceiling) return undefined;
    const share = weight / total;
    up += share * ceiling.up;
    down += share * ceiling.down;
    for (const part of ceiling.unknown) unknown.add(part);
    for (const limit of ceiling.limits()) {
      limits.set(limit.part, (limits.get(limit.part) ?? 0) + share * limit.down);
    }
  }
  const missing = [...unknown];
  if (missing.some(isDoubtful)) return undefined;
  return {
    up,
    down,
    limits: [...limits]
      .map(([part, lost]) => ({ part, down: lost }))
      .sort((a, b) => b.down - a.down),
    relyOnCaches: missing.some(({ kind }) => kind === 'cache'),
    unknown: wantsFor(missing),
  };
}

function isDoubtful(part: Part): boolean {
  if (part.kind === 'member') return part.group.doubtful;
  if (part.kind !== 'service') return false;
  return part.service.doubtful || part.service.calls.some(({ doubtful }) => doubtful);
}

/** Nobody says how often zones and cached answers fail. */
function wantsFor(parts: readonly Part[]): Want[] {
  const nodes = parts.flatMap((part) => {
    if (part.kind === 'member') return part.group;
    return part.kind === 'service' ? part.service : [];
  });
  return [...new Set(nodes)].map((node) => missingAvailability(node, TELLS));
}
