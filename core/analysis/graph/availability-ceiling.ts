import { reachableFrom } from './adjacency.ts';
import { BoundedParts } from './bounded-parts.ts';
import { both, CERTAIN } from './chance.ts';
import type { StructureFunction } from './dependency-graph.ts';
import { remainderOf } from './remainder.ts';
import { alone, SeparateParts } from './separate-parts.ts';
import { SharedParts } from './shared-parts.ts';

/** The highest availability that an entry can have with what it depends on. */
export type AvailabilityCeiling = {
  /** Ids of the dependencies whose availability is not known, which were taken as always up. */
  readonly unknown: readonly string[];
} & (
  | { readonly kind: 'exact'; readonly up: number; readonly down: number }
  /** Too much is shared for an exact answer; it lies between these. */
  | { readonly kind: 'between'; readonly least: number; readonly most: number }
);

/**
 * Share of time that an entry is up at most, given what it and all its dependencies are up by
 * themselves, each counted once however many need it.
 *
 * Dependencies without a choice multiply; groups that share nothing are formulas; the rest goes
 * through a decision diagram, exactly as long as that stays below 131,072 nodes and a million
 * steps. Beyond, the answer is a pair of bounds.
 *
 * Assumes that nodes fail independently and that alternatives take over at once. With numbers that
 * already contain a dependency's own dependencies (published objectives), give it no needs.
 *
 * Source: B. Treynor et al., "The Calculus of Service Availability" (ACM Queue, 2017).
 *
 * @param entry id
 * @returns `undefined` when there is no such node
 */
export function availabilityCeiling(
  structure: StructureFunction,
  entry: string,
): AvailabilityCeiling | undefined {
  const node = structure.numbers.get(entry);
  if (node === undefined) return undefined;
  const remainder = remainderOf(structure, node);
  const separate = new SeparateParts(structure, remainder);
  let certain = CERTAIN;
  for (const one of remainder.required) certain = both(certain, alone(structure, one));
  const shared = [];
  for (const need of remainder.needs) {
    const chance = separate.ofNeed(need);
    if (chance) certain = both(certain, chance);
    else shared.push(need);
  }
  const unknown = reachableFrom(node, structure.edges)
    .filter((one) => structure.known[one] === 0)
    .map((one) => structure.ids[one] ?? '');

  const exact = new SharedParts(structure, remainder, separate).of(shared);
  if (exact) {
    const { yes: up, no: down } = both(certain, exact);
    return { kind: 'exact', up, down, unknown };
  }
  const { least, most } = new BoundedParts(structure, remainder, separate).of(shared);
  return { kind: 'between', least: certain.yes * least, most: certain.yes * most, unknown };
}
