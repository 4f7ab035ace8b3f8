import type { Chance } from './chance.ts';
import { DecisionDiagram, TRUE } from './decision-diagram.ts';
import type { StructureFunction } from './dependency-graph.ts';
import type { OpenNeed, Remainder } from './remainder.ts';
import { alone, type SeparateParts } from './separate-parts.ts';

/**
 * The nodes of a remainder that share something, as functions in a decision diagram. Its variables
 * are the separate parts, and what shared nodes are by themselves.
 */
export class SharedParts {
  readonly #diagram = new DecisionDiagram();
  readonly #functions = new Map<number, number>();
  readonly #separate: SeparateParts;

  /** Bounded by the size that the diagram may have (`MOST_NODES` there). */
  constructor(
    structure: StructureFunction,
    { components, needsOf }: Remainder,
    separate: SeparateParts,
  ) {
    this.#separate = separate;
    for (const component of components) {
      const shared = component.filter((node) => !separate.of(node));
      const selves = new Map<number, number>();
      for (let changed = shared.length > 0; changed && !this.#diagram.isFull; ) {
        changed = false;
        for (const node of shared) {
          const held = this.#allHold(needsOf.get(node) ?? []);
          const self = selves.get(node) ?? this.#variable(alone(structure, node));
          selves.set(node, self);
          const works = this.#diagram.and(held, self);
          if (works === this.#functionOf(node)) continue;
          this.#functions.set(node, works);
          // Only in a cycle can what has been looked at before depend on it.
          changed = component.length > 1;
        }
      }
    }
  }

  /**
   * How likely it is that all of some needs hold.
   *
   * @returns `undefined` when too much is shared for the diagram
   */
  of(needs: readonly OpenNeed[]): Chance | undefined {
    const all = this.#allHold(needs);
    return this.#diagram.isFull ? undefined : this.#diagram.chanceOf(all);
  }

  #allHold(needs: readonly OpenNeed[]): number {
    // Variables are made in the order in which they are met, here; joined from the last on.
    const each = needs.map(({ atLeast, of }) => {
      return this.#diagram.atLeast(
        atLeast,
        of.map((node) => this.#functionOf(node)),
      );
    });
    return each.reduceRight((all, one) => this.#diagram.and(one, all), TRUE);
  }

  #functionOf(node: number): number {
    const known = this.#functions.get(node);
    if (known !== undefined) return known;
    const part = this.#separate.of(node);
    // In a cycle, what has not failed works until something of the cycle does not.
    const made = part ? this.#variable(part) : TRUE;
    this.#functions.set(node, made);
    return made;
  }

  #variable(chance: Chance): number {
    return chance.no === 0 ? TRUE : this.#diagram.variable(chance);
  }
}
