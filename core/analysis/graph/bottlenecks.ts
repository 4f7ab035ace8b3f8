import { BoundedParts } from './bounded-parts.ts';
import { both } from './chance.ts';
import type { StructureFunction } from './dependency-graph.ts';
import { type OpenNeed, remainderOf } from './remainder.ts';
import { alone, SeparateParts } from './separate-parts.ts';
import { SharedParts } from './shared-parts.ts';

/** Something that an entry cannot do without. */
export interface Bottleneck {
  readonly id: string;
  /**
   * Share of time that it is down, with the choices that it depends on (a group with its members),
   * while everything else that the entry cannot do without is up; at least this when too much is
   * shared for an exact answer.
   */
  readonly down: number;
}

/**
 * What limits the availability of an entry: all that it cannot do without and that is ever down,
 * worst first. An objective stricter than the first one allows cannot be met by improving any
 * other. Where two of them share nothing, their downtimes add up in `availabilityCeiling`.
 *
 * Same assumptions as there; nodes of unknown availability count as always up.
 *
 * @param entry id; an unknown one has none
 */
export function bottlenecks(structure: StructureFunction, entry: string): Bottleneck[] {
  const node = structure.numbers.get(entry);
  if (node === undefined) return [];
  const remainder = remainderOf(structure, node);
  const separate = new SeparateParts(structure, remainder);
  const shared = new SharedParts(structure, remainder, separate);
  const bounded = new BoundedParts(structure, remainder, separate);
  const choices = new Map(remainder.required.map((one): [number, OpenNeed[]] => [one, []]));
  for (const need of remainder.needs) choices.get(need.owner)?.push(need);
  const found: Bottleneck[] = [];
  for (const [one, needs] of choices) {
    let chance = alone(structure, one);
    const entangled: OpenNeed[] = [];
    for (const need of needs) {
      const held = separate.ofNeed(need);
      if (held) chance = both(chance, held);
      else entangled.push(need);
    }
    if (entangled.length > 0) {
      const { most } = bounded.of(entangled);
      chance = both(chance, shared.of(entangled) ?? { yes: most, no: 1 - most });
    }
    if (chance.no > 0) found.push({ id: structure.ids[one] ?? '', down: chance.no });
  }
  return found.sort((a, b) => b.down - a.down);
}
