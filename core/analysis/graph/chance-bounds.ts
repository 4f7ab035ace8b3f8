import type { StructureFunction } from './dependency-graph.ts';
import type { OpenNeed, Remainder } from './remainder.ts';
import { alone, type SeparateParts } from './separate-parts.ts';

/** Between which values a probability lies. */
export interface Bounds {
  readonly least: number;
  readonly most: number;
}

/**
 * Between which values the chance lies that all of some needs hold, in linear time, for graphs that
 * share too much for an exact answer.
 *
 * More working nodes never do harm, so what the needs ask for is associated: all of it holds at
 * least as often as the product says, and any of it at most as often as the formula for independent
 * alternatives says.
 *
 * Source: J. D. Esary, F. Proschan, D. W. Walkup, "Association of Random Variables, with
 * Applications" (1967).
 */
export function chanceBounds(
  structure: StructureFunction,
  { components, needsOf }: Remainder,
  needs: readonly OpenNeed[],
  parts: SeparateParts,
): Bounds {
  // What is not here yet is in a cycle with the node that lists it, and works unless that fails.
  const bounds = new Map<number, Bounds>();
  for (const component of components) {
    let together = 1;
    const most: number[] = [];
    for (const node of component) {
      const self = parts.of(node) ?? alone(structure, node);
      const held = parts.of(node) ? CERTAINLY : allHold(needsOf.get(node) ?? [], bounds);
      together *= self.yes * held.least;
      most.push(self.yes * held.most);
    }
    for (const [i, node] of component.entries()) {
      bounds.set(node, { least: together, most: most[i] ?? 1 });
    }
  }
  return allHold(needs, bounds);
}

const CERTAINLY: Bounds = { least: 1, most: 1 };

function allHold(needs: readonly OpenNeed[], bounds: ReadonlyMap<number, Bounds>): Bounds {
  let [least, most] = [1, 1];
  for (const { atLeast, of } of needs) {
    const each = of.map((node) => bounds.get(node) ?? CERTAINLY);
    least *= leastOf(atLeast, each);
    most = Math.min(most, mostOf(atLeast, each));
  }
  return { least, most };
}

/** The likeliest ones alone, or Markov's inequality for how many fail, whichever is better. */
function leastOf(asked: number, each: readonly Bounds[]): number {
  if (asked > each.length) return 0;
  const sorted = each.map(({ least }) => least).sort((a, b) => b - a);
  const likeliest = sorted.slice(0, asked).reduce((product, p) => product * p, 1);
  const failing = sorted.reduce((sum, p) => sum + 1 - p, 0);
  return Math.max(likeliest, 1 - failing / (each.length - asked + 1));
}

/** Any of the least likely ones that cannot all fail, or Markov's inequality for how many work. */
function mostOf(asked: number, each: readonly Bounds[]): number {
  if (asked > each.length) return 0;
  const sorted = each.map(({ most }) => most).sort((a, b) => a - b);
  const unlikeliest = sorted.slice(0, each.length - asked + 1);
  const noneOfThem = unlikeliest.reduce((product, p) => product * (1 - p), 1);
  return Math.min(1 - noneOfThem, sorted.reduce((sum, p) => sum + p, 0) / asked);
}
