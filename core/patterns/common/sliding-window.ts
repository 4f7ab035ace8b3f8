/** What a window holds, as plain data. */
export interface SavedWindow {
  /** How long the newest bucket has been filled for, ms. */
  readonly agedMs: number;
  /** The columns of each bucket, the oldest first. */
  readonly buckets: readonly (readonly number[])[];
}

/**
 * Tallies of the recent past in a ring of time buckets: memory stays the same at any rate of
 * events. It never remembers longer than the window, and forgets at most one bucket early.
 *
 * Each bucket has the same columns of numbers. All of them lie in one array, and what the older
 * buckets add up to in another, so adding neither allocates nor looks through the buckets.
 *
 * Time only moves forward in here: while the caller's clock is behind where it has been, the window
 * stands still, and it goes on with the first step forward. Idle time passes like any other.
 */
export class SlidingWindow {
  readonly #bucketMs: number;
  readonly #bucketCount: number;
  readonly #columns: number;
  readonly #cells: Float64Array;
  /** The sums of the columns over all buckets but the current one. */
  readonly #older: Float64Array;
  /** Where the cells of the current bucket begin. */
  #current = 0;
  /** How long the current bucket has been the current one; less than `#bucketMs`. */
  #agedMs = 0;
  #lastMs = Number.POSITIVE_INFINITY;

  constructor(windowMs: number, bucketCount: number, columns: number) {
    this.#bucketMs = windowMs / bucketCount;
    this.#bucketCount = bucketCount;
    this.#columns = columns;
    this.#cells = new Float64Array(bucketCount * columns);
    this.#older = new Float64Array(columns);
  }

  /** Lets time pass up to `nowMs`; what is added and read afterwards is as of then. */
  advance(nowMs: number): void {
    if (nowMs > this.#lastMs) this.#agedMs += nowMs - this.#lastMs;
    this.#lastMs = nowMs;
    if (this.#agedMs >= this.#bucketMs) this.#turn();
  }

  /** Adds to a column of the current bucket. */
  add(column: number, amount: number): void {
    const cell = this.#current + column;
    this.#cells[cell] = (this.#cells[cell] ?? 0) + amount;
  }

  /** The sum of a column over the window. */
  total(column: number): number {
    return (this.#older[column] ?? 0) + (this.#cells[this.#current + column] ?? 0);
  }

  clear(): void {
    this.#cells.fill(0);
    this.#older.fill(0);
  }

  save(): SavedWindow {
    const buckets = Array.from({ length: this.#bucketCount }, (_, age) => {
      const from = this.#place(age + 1);
      return [...this.#cells.subarray(from, from + this.#columns)];
    });
    return { agedMs: this.#agedMs, buckets };
  }

  /** Goes on from `saved`, which must come from a window of the same form. */
  restore(nowMs: number, { agedMs, buckets }: SavedWindow): void {
    this.#lastMs = nowMs;
    this.#agedMs = agedMs;
    buckets.forEach((bucket, age) => {
      this.#cells.set(bucket, this.#place(age + 1));
    });
    this.#addUp();
  }

  #turn(): void {
    const steps = Math.floor(this.#agedMs / this.#bucketMs);
    // Rounding must not leave less than nothing.
    this.#agedMs = Math.max(0, this.#agedMs - steps * this.#bucketMs);
    for (let step = Math.min(steps, this.#bucketCount); step > 0; step -= 1) {
      this.#current = this.#place(1);
      // A loop, because `fill` takes longer for a few.
      for (let column = 0; column < this.#columns; column += 1) {
        this.#cells[this.#current + column] = 0;
      }
    }
    this.#addUp();
  }

  /** Where the cells of the bucket lie that is so many further on in the ring: 1 is the oldest. */
  #place(steps: number): number {
    return (this.#current + steps * this.#columns) % this.#cells.length;
  }

  /** Anew, rather than by subtraction: sums of fractions would keep what rounding left behind. */
  #addUp(): void {
    const cells = this.#cells;
    for (let column = 0; column < this.#columns; column += 1) {
      const current = this.#current + column;
      let total = 0;
      for (let cell = column; cell < cells.length; cell += this.#columns) {
        if (cell !== current) total += cells[cell] ?? 0;
      }
      this.#older[column] = total;
    }
  }
}
