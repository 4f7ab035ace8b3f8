/**
 * How many bits of a time's mantissa tell buckets apart. Each power of two is divided into 2⁷ equal
 * parts, so all that is in one bucket is within 1 / 128 of each other.
 */
const MANTISSA_BITS = 7;
/** How far the exponent and those bits stand above the lower end of a number's upper half. */
const SHIFT = 20 - MANTISSA_BITS;
/** Times up to this are told apart no further, ms: about a microsecond. */
const SMALLEST_MS = 2 ** -10;
/** What is longer goes into the last bucket, ms: 2³⁴ ms are 199 days. */
const LARGEST_MS = 2 ** 34;

/** How many times wait to be counted. */
const RECENT = 256;

const bits = new Float64Array(1);
const halves = new Int32Array(bits.buffer);
/** Which half of a number has its exponent: the second where the lower bytes come first. */
const UPPER = halfOf(1);

function halfOf(number: number): 0 | 1 {
  bits[0] = number;
  return halves[0] === 0 ? 1 : 0;
}

const FIRST_KEY = keyOf(SMALLEST_MS);
const BUCKETS = keyOf(LARGEST_MS) - FIRST_KEY + 1;

/** The exponent and the first bits of the mantissa as one whole number, which grows with the time. */
function keyOf(timeMs: number): number {
  bits[0] = timeMs;
  return (halves[UPPER] as number) >> SHIFT;
}

/** Where a bucket begins, ms. */
function startOf(bucket: number): number {
  bits[0] = 0;
  halves[UPPER] = (bucket + FIRST_KEY) << SHIFT;
  return bits[0];
}

/**
 * Counts times in buckets whose width grows with the time, as HDR histograms do: any percentile is
 * within 1 % of a recorded value at that rank, in constant memory. The bucket is read off the bits
 * of the number, without a logarithm.
 */
export class Histogram {
  /** What was recorded last and is not counted yet: many at once are counted faster. */
  readonly #recent = new Float64Array(RECENT);
  #recentCount = 0;
  #count = 0;
  #sumMs = 0;
  #minMs = Number.POSITIVE_INFINITY;
  #maxMs = 0;
  readonly #buckets = new Uint32Array(BUCKETS);

  /** @param timeMs 0 or more */
  record(timeMs: number): void {
    this.#recent[this.#recentCount++] = timeMs;
    if (this.#recentCount === RECENT) this.#settle();
  }

  get count(): number {
    return this.#count + this.#recentCount;
  }

  #settle(): void {
    for (let index = 0; index < this.#recentCount; index++) {
      const timeMs = this.#recent[index] as number;
      const bucket = keyOf(timeMs) - FIRST_KEY;
      const place = bucket < 0 ? 0 : bucket < BUCKETS ? bucket : BUCKETS - 1;
      this.#buckets[place] = (this.#buckets[place] as number) + 1;
      this.#sumMs += timeMs;
      if (timeMs < this.#minMs) this.#minMs = timeMs;
      if (timeMs > this.#maxMs) this.#maxMs = timeMs;
    }
    this.#count += this.#recentCount;
    this.#recentCount = 0;
  }

  /** Exact mean, ms; 0 when nothing was recorded. */
  get meanMs(): number {
    this.#settle();
    return this.#count === 0 ? 0 : this.#sumMs / this.#count;
  }

  /** The time that `ratio` of the recorded ones do not exceed, ms; 0 when nothing was recorded. */
  percentile(ratio: number): number {
    this.#settle();
    return this.#percentile(this.#buckets, this.#count, ratio) ?? 0;
  }

  /** How many times are in each bucket now. The difference of two snapshots is what came between. */
  snapshot(): Float64Array {
    this.#settle();
    return Float64Array.from(this.#buckets);
  }

  /** As `percentile`, of the times of a snapshot or of a difference of two; null when it has none. */
  percentileOf(buckets: Float64Array, ratio: number): number | null {
    this.#settle();
    const count = buckets.reduce((sum, one) => sum + one, 0);
    return this.#percentile(buckets, count, ratio);
  }

  #percentile(buckets: Uint32Array | Float64Array, count: number, ratio: number): number | null {
    if (count === 0) return null;
    const rank = Math.max(1, Math.ceil(ratio * count));
    let below = 0;
    let bucket = 0;
    let inside = buckets[0] as number;
    while (below + inside < rank) {
      below += inside;
      inside = buckets[++bucket] as number;
    }
    // As if all in the bucket were as far apart from each other.
    const part = (rank - below - 0.5) / inside;
    const timeMs = startOf(bucket) * (1 - part) + startOf(bucket + 1) * part;
    return Math.min(this.#maxMs, Math.max(this.#minMs, timeMs));
  }
}
