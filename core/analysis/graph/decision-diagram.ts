import type { Chance } from './chance.ts';

/** The functions that are always 0 and always 1. */
export const FALSE = 0;
export const TRUE = 1;

/**
 * How large a diagram may grow. Keys of two and three node numbers then fit into a double, and the
 * work stays within a few hundred milliseconds.
 */
const MOST_NODES = 2 ** 17;
const MOST_STEPS = 1_000_000;

/** Beyond all variables: where the constants are. Each variable takes a node, so none gets here. */
const NO_LEVEL = MOST_NODES - 1;

/**
 * Boolean functions of independent events as a reduced ordered binary decision diagram: equal
 * functions are the same number, and each knows how likely it is. Exact for parts that are shared,
 * of which a product of probabilities would count the failure twice.
 *
 * Source: R. E. Bryant, "Graph-Based Algorithms for Boolean Function Manipulation" (1986). Without
 * recursion, for there may be as many variables as services.
 */
export class DecisionDiagram {
  readonly #level: number[] = [NO_LEVEL, NO_LEVEL];
  readonly #low: number[] = [FALSE, TRUE];
  readonly #high: number[] = [FALSE, TRUE];
  readonly #yes: number[] = [0, 1];
  readonly #no: number[] = [1, 0];
  /** How likely the variable of each level is. */
  readonly #variables: Chance[] = [];
  readonly #unique = new Map<number, number>();
  readonly #results = new Map<number, number>();
  #steps = 0;

  /** Whether it has become too large; then what its methods return means nothing. */
  get isFull(): boolean {
    return this.#level.length >= MOST_NODES || this.#steps >= MOST_STEPS;
  }

  /** A new event. Those that come first are asked first: related ones should follow each other. */
  variable(chance: Chance): number {
    this.#variables.push(chance);
    return this.#node(this.#variables.length - 1, FALSE, TRUE);
  }

  /** How likely a function is 1 and 0, each with all its digits. */
  chanceOf(f: number): Chance {
    return { yes: Math.min(1, this.#yes[f] ?? 0), no: Math.min(1, this.#no[f] ?? 1) };
  }

  and(f: number, g: number): number {
    return this.ifThenElse(f, g, FALSE);
  }

  /** Whether at least so many of some functions are 1. */
  atLeast(asked: number, functions: readonly number[]): number {
    if (asked <= 0) return TRUE;
    if (asked > functions.length) return FALSE;
    const spare = functions.length - asked;
    // reached[i]: at least i of the functions so far. Only what can still matter is kept up.
    const reached = new Array<number>(asked + 1).fill(FALSE);
    reached[0] = TRUE;
    // From the last one on, so that each is put above what it is joined with.
    for (let added = 0; added < functions.length && !this.isFull; added++) {
      const f = functions[functions.length - 1 - added] ?? FALSE;
      const least = Math.max(1, added + 1 - spare);
      for (let i = Math.min(asked, added + 1); i >= least; i--) {
        reached[i] = this.ifThenElse(f, reached[i - 1] ?? FALSE, reached[i] ?? FALSE);
      }
    }
    return reached[asked] ?? FALSE;
  }

  /** Where f is 1 this is g, elsewhere h. */
  ifThenElse(f: number, g: number, h: number): number {
    // Either three functions to decide about, or, with a level, the two results to be joined.
    const tasks: number[] = [f, g, h, NO_LEVEL];
    const results: number[] = [];
    while (tasks.length > 0 && !this.isFull) {
      const joinAt = tasks.pop() as number;
      const c = tasks.pop() as number;
      const b = tasks.pop() as number;
      const a = tasks.pop() as number;
      if (joinAt !== NO_LEVEL) {
        const high = results.pop() as number;
        const low = results.pop() as number;
        const joined = this.#node(joinAt, low, high);
        this.#results.set(keyOf(a, b, c), joined);
        results.push(joined);
        continue;
      }
      const known = this.#decided(a, b, c);
      if (known !== undefined) {
        results.push(known);
        continue;
      }
      this.#steps += 1;
      const level = Math.min(this.#levelOf(a), this.#levelOf(b), this.#levelOf(c));
      tasks.push(a, b, c, level);
      tasks.push(this.#highOf(a, level), this.#highOf(b, level), this.#highOf(c, level), NO_LEVEL);
      tasks.push(this.#lowOf(a, level), this.#lowOf(b, level), this.#lowOf(c, level), NO_LEVEL);
    }
    return results[0] ?? FALSE;
  }

  #decided(f: number, g: number, h: number): number | undefined {
    if (f === TRUE || g === h) return g;
    if (f === FALSE) return h;
    if (g === TRUE && h === FALSE) return f;
    return this.#results.get(keyOf(f, g, h));
  }

  #node(level: number, low: number, high: number): number {
    if (low === high) return low;
    const key = keyOf(level, low, high);
    const known = this.#unique.get(key);
    if (known !== undefined) return known;
    const node = this.#level.length;
    this.#level.push(level);
    this.#low.push(low);
    this.#high.push(high);
    const { yes, no } = this.#variables[level] ?? NEVER;
    this.#yes.push(yes * (this.#yes[high] ?? 0) + no * (this.#yes[low] ?? 0));
    this.#no.push(yes * (this.#no[high] ?? 0) + no * (this.#no[low] ?? 0));
    this.#unique.set(key, node);
    return node;
  }

  #levelOf(f: number): number {
    return this.#level[f] ?? NO_LEVEL;
  }

  #lowOf(f: number, level: number): number {
    return this.#levelOf(f) === level ? (this.#low[f] ?? FALSE) : f;
  }

  #highOf(f: number, level: number): number {
    return this.#levelOf(f) === level ? (this.#high[f] ?? FALSE) : f;
  }
}

const NEVER: Chance = { yes: 0, no: 1 };

function keyOf(a: number, b: number, c: number): number {
  return (a * MOST_NODES + b) * MOST_NODES + c;
}
