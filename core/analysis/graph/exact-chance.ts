import type { Chance } from './chance.ts';
import { DecisionDiagram, FALSE, TRUE } from './decision-diagram.ts';
import type { StructureFunction } from './dependency-graph.ts';
import type { OpenNeed, Remainder } from './remainder.ts';
import { alone, type SeparateParts } from './separate-parts.ts';

/**
 * How likely it is that all of some needs hold, where they share nodes: exactly, by a decision
 * diagram whose variables are the separate parts and what shared nodes are by themselves.
 *
 * @returns `undefined` when the diagram would become too large (`MOST_NODES` there)
 */
export function exactChance(
  structure: StructureFunction,
  { components, needsOf }: Remainder,
  needs: readonly OpenNeed[],
  parts: SeparateParts,
): Chance | undefined {
  const diagram = new DecisionDiagram();
  const yes: number[] = [];
  const no: number[] = [];
  const variable = (chance: Chance): number => {
    if (chance.no === 0) return TRUE;
    yes.push(chance.yes);
    no.push(chance.no);
    return diagram.variable(yes.length - 1);
  };
  const functions = new Map<number, number>();
  const functionOf = (node: number): number => {
    const known = functions.get(node);
    if (known !== undefined) return known;
    const part = parts.of(node);
    // In a cycle, what has not failed works until something of the cycle does not.
    const made = part ? variable(part) : TRUE;
    functions.set(node, made);
    return made;
  };
  const allHold = (own: readonly OpenNeed[]): number => {
    // Variables are numbered in the order in which they are met, here; joined from the last on.
    const each = own.map(({ atLeast, of }) => diagram.atLeast(atLeast, of.map(functionOf)));
    return each.reduceRight((all, one) => diagram.and(one, all), TRUE);
  };

  for (const component of components) {
    const shared = component.filter((node) => !parts.of(node));
    const selves = new Map<number, number>();
    for (let changed = shared.length > 0; changed; ) {
      changed = false;
      for (const node of shared) {
        const held = allHold(needsOf.get(node) ?? []);
        const self = selves.get(node) ?? variable(alone(structure, node));
        selves.set(node, self);
        const works = diagram.and(held, self);
        if (works === functionOf(node)) continue;
        functions.set(node, works);
        // Only in a cycle can what has been looked at before depend on it.
        changed = component.length > 1;
      }
      if (diagram.isFull) return undefined;
    }
  }
  const all = allHold(needs);
  if (diagram.isFull) return undefined;
  return all === FALSE ? { yes: 0, no: 1 } : diagram.probability(all, yes, no);
}
