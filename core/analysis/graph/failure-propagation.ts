import type { StructureFunction } from './dependency-graph.ts';

/**
 * Lets nodes of a structure fail and finds what goes down with them, one failure after the other,
 * and takes them back. A failure costs only as much as it brings down, so that asking the same of
 * each of ten thousand nodes is fast.
 *
 * A node goes down when it fails or when one of its needs has too few left. What needs itself along
 * a cycle stays up until something of the cycle goes down.
 */
export class FailurePropagation {
  readonly #structure: StructureFunction;
  /** How many more of its nodes each need can lose. */
  readonly #margin: Int32Array;
  readonly #isDown: Uint8Array;
  /** All that is down, in the order in which it went. */
  readonly #down: Int32Array;
  #downCount = 0;

  constructor(structure: StructureFunction) {
    this.#structure = structure;
    const { atLeast, listed, owner } = structure;
    this.#isDown = new Uint8Array(structure.ids.length);
    this.#down = new Int32Array(structure.ids.length);
    this.#margin = atLeast.map((asked, need) => {
      return (listed.start[need + 1] ?? 0) - (listed.start[need] ?? 0) - asked;
    });
    for (const [need, margin] of this.#margin.entries()) {
      if (margin < 0) this.#takeDown(owner[need] ?? 0);
    }
    this.#spread(0);
  }

  /** How many nodes are down. */
  get downCount(): number {
    return this.#downCount;
  }

  /** Those that are down from a count on, in the order in which they went; valid until the next change. */
  downSince(count: number): Int32Array {
    return this.#down.subarray(count, this.#downCount);
  }

  isDown(node: number): boolean {
    return this.#isDown[node] === 1;
  }

  /** Lets a node fail, with all that it brings down; nothing happens when it was down already. */
  fail(node: number): void {
    const before = this.#downCount;
    this.#takeDown(node);
    this.#spread(before);
  }

  /** Takes back all failures since `downCount` was this. */
  restore(count: number): void {
    const { start, targets } = this.#structure.listing;
    while (this.#downCount > count) {
      this.#downCount -= 1;
      const node = this.#down[this.#downCount] ?? 0;
      this.#isDown[node] = 0;
      const end = start[node + 1] ?? 0;
      for (let i = start[node] ?? 0; i < end; i++) {
        const need = targets[i] ?? 0;
        this.#margin[need] = (this.#margin[need] ?? 0) + 1;
      }
    }
  }

  #takeDown(node: number): void {
    if (this.#isDown[node] === 1) return;
    this.#isDown[node] = 1;
    this.#down[this.#downCount] = node;
    this.#downCount += 1;
  }

  #spread(from: number): void {
    const { owner, listing } = this.#structure;
    const { start, targets } = listing;
    for (let next = from; next < this.#downCount; next++) {
      const node = this.#down[next] ?? 0;
      const end = start[node + 1] ?? 0;
      for (let i = start[node] ?? 0; i < end; i++) {
        const need = targets[i] ?? 0;
        const margin = (this.#margin[need] ?? 0) - 1;
        this.#margin[need] = margin;
        if (margin < 0) this.#takeDown(owner[need] ?? 0);
      }
    }
  }
}
