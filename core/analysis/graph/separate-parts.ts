import { atLeastOf, both, type Chance } from './chance.ts';
import type { StructureFunction } from './dependency-graph.ts';
import type { OpenNeed, Remainder } from './remainder.ts';

/** A node by itself, whatever it needs. */
export function alone({ availability }: StructureFunction, node: number): Chance {
  const yes = availability[node] ?? 1;
  return { yes, no: 1 - yes };
}

/** The nodes of a remainder that share nothing with others, where probabilities just multiply. */
export class SeparateParts {
  readonly #chances = new Map<number, Chance>();
  readonly #listings = new Map<number, number>();

  /** Linear time, but for needs of many nodes: the square of their number. */
  constructor(structure: StructureFunction, { components, needs, needsOf }: Remainder) {
    for (const own of [needs, ...needsOf.values()]) {
      for (const { of } of own) {
        for (const node of of) this.#listings.set(node, (this.#listings.get(node) ?? 0) + 1);
      }
    }
    // Callees come before callers. Nodes in a cycle list one that is no part yet, so none becomes one.
    for (const node of components.flat()) {
      const own = (needsOf.get(node) ?? []).map((need) => this.ofNeed(need));
      let chance: Chance | undefined = alone(structure, node);
      for (const need of own) chance = chance && need && both(chance, need);
      if (chance) this.#chances.set(node, chance);
    }
  }

  /**
   * How likely a node is to work, when everything that leads to what is below it leads through it:
   * then it acts as one component.
   */
  of(node: number): Chance | undefined {
    return this.#chances.get(node);
  }

  /** How likely a need is to hold, when it shares nothing with any other one. */
  ofNeed({ atLeast, of }: OpenNeed): Chance | undefined {
    const chances: Chance[] = [];
    for (const node of of) {
      const chance = this.#chances.get(node);
      if (!chance || this.#listings.get(node) !== 1) return undefined;
      chances.push(chance);
    }
    return atLeastOf(atLeast, chances);
  }
}
