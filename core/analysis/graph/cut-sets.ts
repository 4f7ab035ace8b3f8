import type { StructureFunction } from './dependency-graph.ts';
import { FailurePropagation } from './failure-propagation.ts';

export interface CutSets {
  /** Ids in the order of the graph; smaller sets first. */
  readonly sets: readonly (readonly string[])[];
  /** All minimal cut sets of up to this many nodes are there; less than asked for when cut short. */
  readonly completeUpTo: number;
}

/** Steps, after which the search ends: about a second. */
const MOST_WORK = 50_000_000;
const LARGEST_SET = 8;

/**
 * The minimal cut sets of an entry: sets of nodes whose failure together takes it down while no
 * part of the set does. Those of one node are its single points of failure.
 *
 * To take the entry down, a set must hit every path set: every set of nodes that suffices to keep
 * it up. So the search takes one path set that is left, tries each of its nodes, and goes on from
 * there. An entry that is down as configured has one cut set, the empty one.
 *
 * The number of sets can grow as nodes^largest. The search is bounded and says how far it came.
 *
 * @param entry id; an unknown one has no cut sets
 * @param largest nodes in a set, 1 to 8
 * @returns `undefined` when `largest` is out of range
 */
export function minimalCutSets(
  structure: StructureFunction,
  entry: string,
  largest: number,
): CutSets | undefined {
  if (!(Number.isInteger(largest) && largest >= 1 && largest <= LARGEST_SET)) return undefined;
  const node = structure.numbers.get(entry);
  if (node === undefined) return { sets: [], completeUpTo: largest };
  const search = new CutSetSearch(structure, node);
  let completeUpTo = 0;
  // Smaller ones first: what contains one of them is not minimal.
  while (completeUpTo < largest && search.find(completeUpTo + 1)) completeUpTo += 1;
  const sets = search.found.map((set) => set.map((member) => structure.ids[member] ?? ''));
  return { sets, completeUpTo };
}

class CutSetSearch {
  readonly found: (readonly number[])[] = [];
  readonly #structure: StructureFunction;
  readonly #entry: number;
  readonly #failures: FailurePropagation;
  readonly #keys = new Set<string>();
  /** Nodes whose sets need no more search: tried further up in it, or cut sets by themselves. */
  readonly #done: Uint8Array;
  /** For each node, the last path set that it was in; they are numbered. */
  readonly #inPath: Uint32Array;
  #lastPath = 0;
  #work = 0;

  constructor(structure: StructureFunction, entry: number) {
    this.#structure = structure;
    this.#entry = entry;
    this.#failures = new FailurePropagation(structure);
    this.#done = new Uint8Array(structure.ids.length);
    this.#inPath = new Uint32Array(structure.ids.length);
  }

  /** Adds all minimal cut sets of a size. @returns whether it could finish. */
  find(size: number): boolean {
    if (this.#failures.isDown(this.#entry)) {
      if (size === 1) this.found.push([]);
      return true;
    }
    this.#extend([], size);
    if (size === 1) for (const [node = 0] of this.found) this.#done[node] = 1;
    return this.#work < MOST_WORK;
  }

  /** Recursion is no deeper than a set is large. */
  #extend(chosen: number[], size: number): void {
    const failures = this.#failures;
    const before = failures.downCount;
    const tried: number[] = [];
    for (const node of this.#pathSet()) {
      if (this.#done[node] === 1 || this.#work >= MOST_WORK) continue;
      failures.fail(node);
      this.#work += failures.downCount - before;
      chosen.push(node);
      if (failures.isDown(this.#entry)) this.#add(chosen, size);
      else if (chosen.length < size) this.#extend(chosen, size);
      chosen.pop();
      failures.restore(before);
      this.#done[node] = 1;
      tried.push(node);
    }
    for (const node of tried) this.#done[node] = 0;
  }

  #add(chosen: readonly number[], size: number): void {
    if (chosen.length !== size) return;
    const set = chosen.toSorted((a, b) => a - b);
    if (this.#containsSmaller(set)) return;
    this.#keys.add(set.join());
    this.found.push(set);
  }

  #containsSmaller(set: readonly number[]): boolean {
    // Each bit of `parts` says whether a member belongs to the part.
    for (let parts = 1; parts < 2 ** set.length - 1; parts++) {
      const part = set.filter((_, i) => (parts >> i) % 2 === 1);
      if (this.#keys.has(part.join())) return true;
    }
    return false;
  }

  /** The nodes that may fail of one set that keeps the entry up, now that the chosen have failed. */
  #pathSet(): number[] {
    const { availability, known, needStart, listed, atLeast } = this.#structure;
    const failures = this.#failures;
    this.#lastPath += 1;
    const path = this.#lastPath;
    const isIn = this.#inPath;
    const set = [this.#entry];
    isIn[this.#entry] = path;
    // Grows while it is walked.
    for (const node of set) {
      for (let need = needStart[node] ?? 0; need < (needStart[node + 1] ?? 0); need++) {
        const start = listed.start[need] ?? 0;
        const end = listed.start[need + 1] ?? 0;
        let missing = atLeast[need] ?? 0;
        // Nodes that are in it anyway make no new ones necessary.
        for (let i = start; i < end; i++) {
          if (isIn[listed.targets[i] ?? 0] === path) missing -= 1;
        }
        for (let i = start; i < end && missing > 0; i++) {
          const member = listed.targets[i] ?? 0;
          if (isIn[member] === path || failures.isDown(member)) continue;
          isIn[member] = path;
          set.push(member);
          missing -= 1;
        }
        this.#work += end - start;
      }
    }
    this.#work += set.length;
    return set.filter((node) => !(known[node] === 1 && availability[node] === 1));
  }
}
