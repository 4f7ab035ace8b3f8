/**
 * Amounts per equal stretch of time. When the time passes the last bucket, neighbours are merged
 * and the buckets become twice as long; so a run of unknown length is covered by between half of
 * `buckets` and `buckets` of them.
 */
export class TimeSeries {
  bucketMs: number;
  #values: Float64Array;
  readonly #buckets: number;
  readonly #combine: (a: number, b: number) => number;
  readonly #nothing: number;

  /**
   * @param combine makes one amount of two; by default their sum
   * @param nothing the amount of a bucket into which nothing was put
   */
  constructor(bucketMs: number, buckets: number, combine = add, nothing = 0) {
    this.bucketMs = bucketMs;
    this.#buckets = buckets;
    this.#combine = combine;
    this.#nothing = nothing;
    this.#values = new Float64Array(buckets).fill(nothing);
  }

  add(atMs: number, amount: number): void {
    const bucket = this.#bucketAt(atMs);
    this.#values[bucket] = this.#combine(this.#values[bucket] as number, amount);
  }

  /** Adds `height` × time, spread over the buckets that the stretch touches; unit: height × ms. */
  addArea(fromMs: number, toMs: number, height: number): void {
    if (height === 0 || toMs <= fromMs) return;
    const last = this.#bucketAt(toMs);
    const values = this.#values;
    for (let bucket = this.#bucketAt(fromMs); bucket <= last; bucket++) {
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

  #bucketAt(atMs: number): number {
    // The very end of the covered time belongs to the last bucket, also when rounding moves it.
    while (atMs > this.bucketMs * this.#buckets * (1 + 1e-9)) this.#merge();
    return Math.min(this.#buckets - 1, Math.floor(atMs / this.bucketMs));
  }

  #merge(): void {
    const merged = new Float64Array(this.#buckets).fill(this.#nothing);
    for (let bucket = 0; bucket < this.#buckets; bucket++) {
      const into = bucket >> 1;
      merged[into] = this.#combine(merged[into] as number, this.#values[bucket] as number);
    }
    this.#values = merged;
    this.bucketMs *= 2;
  }
}

function add(a: number, b: number): number {
  return a + b;
}
