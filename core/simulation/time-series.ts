/** How two amounts of a bucket become one. */
export type Combination = 'sum' | 'least' | 'greatest';

const NOTHING: Readonly<Record<Combination, number>> = {
  sum: 0,
  least: Number.POSITIVE_INFINITY,
  greatest: Number.NEGATIVE_INFINITY,
};

/**
 * Amounts per equal stretch of time. When the time passes the last bucket, neighbours are merged
 * and the buckets become twice as long; so a run of unknown length is covered by between half of
 * `buckets` and `buckets` of them.
 */
export class TimeSeries {
  bucketMs: number;
  #values: Float64Array;
  readonly #buckets: number;
  readonly #combination: Combination;
  /** The bucket that was found last, and its ends: time goes on, so it is mostly the next as well. */
  #bucket = 0;
  #bucketFromMs = 0;
  #bucketToMs = 0;

  /** @param combination by default the sum; a bucket into which nothing was put has none */
  constructor(bucketMs: number, buckets: number, combination: Combination = 'sum') {
    this.bucketMs = bucketMs;
    this.#buckets = buckets;
    this.#combination = combination;
    this.#values = new Float64Array(buckets).fill(NOTHING[combination]);
  }

  add(atMs: number, amount: number): void {
    const bucket = this.#bucketAt(atMs);
    const before = this.#values[bucket] as number;
    this.#values[bucket] =
      this.#combination === 'sum' ? before + amount : this.#pick(before, amount);
  }

  /** Adds `height` × time, spread over the buckets that the stretch touches; unit: height × ms. */
  addArea(fromMs: number, toMs: number, height: number): void {
    if (height === 0 || toMs <= fromMs) return;
    const last = this.#bucketAt(toMs);
    const values = this.#values;
    if (fromMs >= this.#bucketFromMs) {
      values[last] = (values[last] as number) + height * (toMs - fromMs);
      return;
    }
    for (let bucket = this.#find(fromMs); bucket <= last; bucket++) {
      const start = Math.max(fromMs, bucket * this.bucketMs);
      const end = bucket === last ? toMs : (bucket + 1) * this.bucketMs;
      values[bucket] = (values[bucket] as number) + height * (end - start);
    }
  }

  /** The buckets that begin before `endMs`. */
  until(endMs: number): number[] {
    this.#bucketAt(Math.max(0, endMs));
    const used = Math.max(1, Math.ceil(endMs / this.bucketMs - 1e-9));
    return Array.from(this.#values.subarray(0, Math.min(used, this.#buckets)));
  }

  #pick(a: number, b: number): number {
    return this.#combination === 'least' ? Math.min(a, b) : Math.max(a, b);
  }

  #bucketAt(atMs: number): number {
    if (atMs >= this.#bucketFromMs && atMs < this.#bucketToMs) return this.#bucket;
    // The very end of the covered time belongs to the last bucket, also when rounding moves it.
    while (atMs > this.bucketMs * this.#buckets * (1 + 1e-9)) this.#merge();
    const bucket = this.#find(atMs);
    this.#bucket = bucket;
    this.#bucketFromMs = bucket * this.bucketMs;
    this.#bucketToMs = (bucket + 1) * this.bucketMs;
    return bucket;
  }

  /** The bucket of a time that is covered. */
  #find(atMs: number): number {
    return Math.min(this.#buckets - 1, Math.floor(atMs / this.bucketMs));
  }

  #merge(): void {
    const merged = new Float64Array(this.#buckets).fill(NOTHING[this.#combination]);
    for (let bucket = 0; bucket < this.#buckets; bucket++) {
      const into = bucket >> 1;
      const before = merged[into] as number;
      const amount = this.#values[bucket] as number;
      merged[into] = this.#combination === 'sum' ? before + amount : this.#pick(before, amount);
    }
    this.#values = merged;
    this.bucketMs *= 2;
    this.#bucketToMs = 0;
  }
}
