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
  readonly #down: number[] = [];

  constructor(structure: StructureFunction) {
    this.#structure = structure;
    const { atLeast, listed, owner } = structure;
    this.#isDown = new Uint8Array(structure.ids.length);
    this.#margin = atLeast.map((asked, need) => {
      return (listed.start[need + 1] ?? 0) - (listed.start[need] ?? 0) - asked;
    });
    for (const [need, margin] of this.#margin.entries()) {
      if (margin < 0) this.#takeDown(owner[need] ?? 0);
    }
    this.#spread(0);
  }

  /** All that is down, in the order in which it went: first what cannot work as configured. */
  get down(): readonly number[] {
    return this.#down;
  }

  isDown(node: number): boolean {
    return this.#isDown[node] === 1;
  }

  /** Lets a node fail. Those that it brings down follow in `down`; none when it was down already. */
  fail(node: number): void {
    const before = this.#down.length;
    this.#takeDown(node);
    this.#spread(before);
  }

  /** Takes back all failures since `down` was that long. */
  restore(length: number): void {
    const { listing } = this.#structure;
    while (this.#down.length > length) {
      const node = this.#down.pop() as number;
      this.#isDown[node] = 0;
      const end = listing.start[node + 1] ?? 0;
      for (let i = listing.start[node] ?? 0; i < end; i++) {
        const need = listing.targets[i] ?? 0;
        this.#margin[need] = (this.#margin[need] ?? 0) + 1;
      }
    }
  }

  #takeDown(node: number): void {
    if (this.#isDown[node] === 1) return;
    this.#isDown[node] = 1;
    this.#down.push(node);
  }

  #spread(from: number): void {
    const { listing, owner } = this.#structure;
    for (let next = from; next < this.#down.length; next++) {
      const node = this.#down[next] ?? 0;
      const end = listing.start[node + 1] ?? 0;
      for (let i = listing.start[node] ?? 0; i < end; i++) {
        const need = listing.targets[i] ?? 0;
        const margin = (this.#margin[need] ?? 0) - 1;
        this.#margin[need] = margin;
        if (margin < 0) this.#takeDown(owner[need] ?? 0);
      }
    }
  }
}
