/** Neighbouring bucket borders differ by this factor, so the middle is within 1 % of either. */
const GROWTH = 1.02;
const LOG_GROWTH = Math.log(GROWTH);
/** Times below this are told apart no further, ms. */
const SMALLEST_MS = 0.001;
/** The geometric growth reaches 10^10 ms (116 days) with this many buckets. */
const BUCKETS = 1 + Math.ceil(Math.log(1e10 / SMALLEST_MS) / LOG_GROWTH);

/**
 * Counts times in buckets that grow geometrically, as HDR histograms and DDSketch do: any
 * percentile is within 1 % of a recorded value at that rank, in constant memory.
 */
export class Histogram {
  count = 0;
  #sumMs = 0;
  #minMs = Number.POSITIVE_INFINITY;
  #maxMs = 0;
  readonly #buckets = new Uint32Array(BUCKETS);

  record(timeMs: number): void {
    const bucket =
      timeMs <= SMALLEST_MS ? 0 : Math.ceil(Math.log(timeMs / SMALLEST_MS) / LOG_GROWTH);
    const place = bucket < BUCKETS ? bucket : BUCKETS - 1;
    this.#buckets[place] = (this.#buckets[place] as number) + 1;
    this.count++;
    this.#sumMs += timeMs;
    if (timeMs < this.#minMs) this.#minMs = timeMs;
    if (timeMs > this.#maxMs) this.#maxMs = timeMs;
  }

  /** Exact mean, ms; 0 when nothing was recorded. */
  get meanMs(): number {
    return this.count === 0 ? 0 : this.#sumMs / this.count;
  }

  /** The time that `ratio` of the recorded ones do not exceed, ms; 0 when nothing was recorded. */
  percentile(ratio: number): number {
    if (this.count === 0) return 0;
    const rank = Math.max(1, Math.ceil(ratio * this.count));
    let seen = 0;
    let bucket = 0;
    while (bucket < BUCKETS - 1) {
      seen += this.#buckets[bucket] as number;
      if (seen >= rank) break;
      bucket++;
    }
    const middle = SMALLEST_MS * GROWTH ** (bucket - 0.5);
    return Math.min(this.#maxMs, Math.max(this.#minMs, middle));
  }
}
