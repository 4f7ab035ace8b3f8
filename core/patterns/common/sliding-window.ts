interface Slot<Bucket> {
  readonly tick: number;
  readonly bucket: Bucket;
}

/**
 * Tallies of the recent past in a ring of time buckets: memory stays the same at any rate of
 * events. It never remembers longer than the window, and forgets at most one bucket early.
 *
 * Time only moves forward in here: while the caller's clock is behind where it has been, the window
 * stands still, and it goes on with the first step forward. Idle time passes like any other.
 */
export class SlidingWindow<Bucket> {
  readonly #bucketMs: number;
  readonly #create: () => Bucket;
  readonly #slots: (Slot<Bucket> | undefined)[];
  #elapsedMs = 0;
  #lastMs = Number.POSITIVE_INFINITY;

  constructor(windowMs: number, bucketCount: number, create: () => Bucket) {
    this.#bucketMs = windowMs / bucketCount;
    this.#create = create;
    this.#slots = new Array<Slot<Bucket> | undefined>(bucketCount).fill(undefined);
  }

  /** The bucket to add to. */
  current(nowMs: number): Bucket {
    const tick = this.#tick(nowMs);
    const index = tick % this.#slots.length;
    let slot = this.#slots[index];
    if (slot?.tick !== tick) {
      slot = { tick, bucket: this.#create() };
      this.#slots[index] = slot;
    }
    return slot.bucket;
  }

  /** Adds up what `value` says about each bucket inside the window. */
  sum(nowMs: number, value: (bucket: Bucket) => number): number {
    const oldest = this.#tick(nowMs) - this.#slots.length + 1;
    let total = 0;
    for (const slot of this.#slots) {
      if (slot !== undefined && slot.tick >= oldest) total += value(slot.bucket);
    }
    return total;
  }

  #tick(nowMs: number): number {
    this.#elapsedMs += Math.max(0, nowMs - this.#lastMs);
    this.#lastMs = nowMs;
    return Math.floor(this.#elapsedMs / this.#bucketMs);
  }
}
