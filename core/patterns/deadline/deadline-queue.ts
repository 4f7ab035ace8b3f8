import { requireNumber } from '../common/options.ts';

/**
 * Something that waits for its deadline; extend it with what is to be done then. Its fields are
 * written by the queue only. The links are in here so that waiting costs no memory of its own.
 */
export class DeadlineEntry {
  /** Where it waits, if it does. */
  queue: DeadlineQueue<DeadlineEntry> | undefined = undefined;
  next: DeadlineEntry = this;
  previous: DeadlineEntry = this;
  /** In the time of the queue, which is the caller's as long as that does not step back; ms. */
  deadlineMs = 0;
}

/**
 * Many pending deadlines and one timer. All entries wait equally long, so they come due in the order
 * in which they were added, and a list does: adding, removing and expiring one take the same short
 * time however many wait. This is the ordered list of Varghese and Lauck, "Hashed and Hierarchical
 * Timing Wheels" (1987), without its search for the place to insert; their wheels are for waits that
 * differ.
 *
 * A clock that steps back neither changes the order nor makes an entry wait for more than it had
 * left: the queue's time stands still for the step and goes on from there.
 */
export class DeadlineQueue<Entry extends DeadlineEntry> {
  /** Wait of each entry, ms. */
  readonly timeoutMs: number;
  /** Closes the ring of entries: the first stands behind it, the last before it. */
  readonly #ends = new DeadlineEntry();
  #size = 0;
  #lastMs = Number.NEGATIVE_INFINITY;
  /** By how much the queue's time is ahead of the caller's. */
  #aheadMs = 0;

  /**
   * @param timeoutMs wait of each entry; ms, 0 or more
   * @throws RangeError when it is out of range.
   */
  constructor(timeoutMs: number) {
    this.timeoutMs = requireNumber('timeoutMs', timeoutMs);
  }

  /** How many wait. */
  get size(): number {
    return this.#size;
  }

  /** The one that has waited for longest. */
  get first(): Entry | undefined {
    return this.#size === 0 ? undefined : (this.#ends.next as Entry);
  }

  /** When the first comes due by the caller's clock, ms; infinity when none waits. */
  get nextDeadlineMs(): number {
    return this.#size === 0 ? Number.POSITIVE_INFINITY : this.#ends.next.deadlineMs - this.#aheadMs;
  }

  /** Lets an entry wait from now on. If it waits already, here or elsewhere, it starts again. */
  add(entry: Entry, nowMs: number): void {
    entry.queue?.remove(entry);
    this.#keepTime(nowMs);
    const last = this.#ends.previous;
    entry.queue = this as DeadlineQueue<DeadlineEntry>;
    entry.deadlineMs = nowMs + this.#aheadMs + this.timeoutMs;
    entry.next = this.#ends;
    entry.previous = last;
    last.next = entry;
    this.#ends.previous = entry;
    this.#size += 1;
  }

  /**
   * Takes an entry out.
   *
   * @returns whether it was still waiting. If not, it has expired or was removed before, and what
   * comes of it now comes too late.
   */
  remove(entry: Entry): boolean {
    if (entry.queue !== this) return false;
    entry.queue = undefined;
    entry.previous.next = entry.next;
    entry.next.previous = entry.previous;
    entry.next = entry;
    entry.previous = entry;
    this.#size -= 1;
    return true;
  }

  /** How long until a waiting entry comes due, ms; less than 0 when that was before now. */
  leftMs(entry: Entry, nowMs: number): number {
    this.#keepTime(nowMs);
    return entry.deadlineMs - this.#aheadMs - nowMs;
  }

  /**
   * Takes out the entries that are due, the oldest first, and hands over each. It is out by then, so
   * it may be added again, and any other may be added or removed.
   */
  expire(nowMs: number, callback: (entry: Entry) => void): void {
    this.#keepTime(nowMs);
    // No more than are here now: what is added meanwhile can wait for the next time.
    for (let most = this.#size; most > 0; most -= 1) {
      const { first } = this;
      if (first === undefined || this.nextDeadlineMs > nowMs) return;
      this.remove(first);
      callback(first);
    }
  }

  #keepTime(nowMs: number): void {
    if (nowMs < this.#lastMs) this.#aheadMs += this.#lastMs - nowMs;
    this.#lastMs = nowMs;
  }
}
