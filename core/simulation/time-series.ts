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
  /**
   * The sum of the bucket that was added to last, and the ends of that: time goes on, so it is mostly
   * the next as well. Other combinations are not put off.
   */
  #sum = 0;
  #bucket = 0;
  #fromMs = 0;
  #toMs = 0;

  /** @param combination by default the sum; a bucket into which nothing was put has none */
  constructor(bucketMs: number, buckets: number, combination: Combination = 'sum') {
    this.bucketMs = bucketMs;
    this.#buckets = buckets;
    this.#combination = combination;
    this.#values = new Float64Array(buckets).fill(NOTHING[combination]);
  }

  add(atMs: number, amount: number): void {
    if (atMs >= this.#fromMs && atMs < this.#toMs) this.#sum += amount;
    else this.#addElsewhere(atMs, amount);
  }

  /** Adds `height` × time, spread over the buckets that the stretch touches; unit: height × ms. */
  addArea(fromMs: number, toMs: number, height: number): void {
    if (fromMs >= this.#fromMs && toMs < this.#toMs) this.#sum += height * (toMs - fromMs);
    else this.#addLongArea(fromMs, toMs, height);
  }

  /** The buckets that begin before `endMs`. */
  until(endMs: number): number[] {
    this.#settle();
    this.#cover(Math.max(0, endMs));
    const used = Math.max(1, Math.ceil(endMs / this.bucketMs - 1e-9));
    return Array.from(this.#values.subarray(0, Math.min(used, this.#buckets)));
  }

  #addElsewhere(atMs: number, amount: number): void {
    this.#settle();
    this.#cover(atMs);
    const bucket = this.#find(atMs);
    if (this.#combination !== 'sum') {
      this.#values[bucket] = this.#pick(this.#values[bucket] as number, amount);
      return;
    }
    this.#bucket = bucket;
    this.#fromMs = bucket * this.bucketMs;
    this.#toMs = (bucket + 1) * this.bucketMs;
    this.#sum = amount;
  }

  #addLongArea(fromMs: number, toMs: number, height: number): void {
    if (height === 0 || toMs <= fromMs) return;
    this.#settle();
    this.#cover(toMs);
    const last = this.#find(toMs);
    for (let bucket = this.#find(fromMs); bucket < last; bucket++) {
      const start = Math.max(fromMs, bucket * this.bucketMs);
      const end = (bucket + 1) * this.bucketMs;
      this.#values[bucket] = (this.#values[bucket] as number) + height * (end - start);
    }
    this.#addElsewhere(toMs, height * (toMs - Math.max(fromMs, last * this.bucketMs)));
  }

  /** Puts the sum where it belongs. */
  #settle(): void {
    if (this.#combination !== 'sum') return;
    this.#values[this.#bucket] = (this.#values[this.#bucket] as number) + this.#sum;
    this.#sum = 0;
    this.#toMs = 0;
  }

  #pick(a: number, b: number): number {
    return this.#combination === 'least' ? Math.min(a, b) : Math.max(a, b);
  }

  #cover(atMs: number): void {
    // The very end of the covered time belongs to the last bucket, also when rounding moves it.
    while (atMs > this.bucketMs * this.#buckets * (1 + 1e-9)) this.#merge();
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
  }
}
