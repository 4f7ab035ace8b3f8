/** The latest intervals between heartbeats: their mean and how far they spread. Memory is fixed. */
export class IntervalWindow {
  readonly #intervals: Float64Array;
  #count = 0;
  #next = 0;
  #sum = 0;
  #sumOfSquares = 0;

  /** @param size how many it remembers. */
  constructor(size: number) {
    this.#intervals = new Float64Array(size);
  }

  get meanMs(): number {
    return this.#sum / this.#count;
  }

  get standardDeviationMs(): number {
    const variance = this.#sumOfSquares / this.#count - this.meanMs ** 2;
    // Less than nothing can be left by rounding, when all are the same.
    return Math.sqrt(Math.max(0, variance));
  }

  add(intervalMs: number): void {
    const forgotten = this.#intervals[this.#next] ?? 0;
    this.#intervals[this.#next] = intervalMs;
    this.#sum += intervalMs - forgotten;
    this.#sumOfSquares += intervalMs ** 2 - forgotten ** 2;
    this.#count = Math.min(this.#count + 1, this.#intervals.length);
    this.#next = (this.#next + 1) % this.#intervals.length;
    if (this.#next === 0) this.#addUp();
  }

  /** Once a round from scratch: otherwise what rounding leaves would grow for ever. */
  #addUp(): void {
    this.#sum = 0;
    this.#sumOfSquares = 0;
    for (const intervalMs of this.#intervals) {
      this.#sum += intervalMs;
      this.#sumOfSquares += intervalMs ** 2;
    }
  }
}
