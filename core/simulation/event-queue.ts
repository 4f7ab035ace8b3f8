/** What happens to a subject when its time has come. One function per kind of event, shared. */
export type Action<T = never> = (subject: T) => void;

/** Time as those see it to whom something happens. */
export interface Clock {
  nowMs: number;
  /** How many events have happened. */
  events: number;
  /** Whether nothing more is to happen. */
  readonly isStopped: boolean;
}

const FIRST_CAPACITY = 1024;

/**
 * The future, ordered: a binary heap on typed arrays. Events of equal time come out in the order
 * in which they were put in, so that a run never depends on the shape of the heap. An event is a
 * shared function and the object that it is about; nothing is allocated per event.
 *
 * Most events put in exactly one other: who arrives plans the next arrival, whose work ends makes
 * room for the next. So the root that is taken out leaves its place open until the event is over,
 * and the first one that is put in sinks from there: half the work of taking one out, moving the
 * last up, and putting one in.
 */
export class EventQueue {
  /** Events in the heap; while an event happens, its open place at the root counts as one. */
  #count = 0;
  /** The slot of the event that happens, which has the root still; -1 when its place is taken. */
  #openSlot = -1;
  #timesMs = new Float64Array(FIRST_CAPACITY);
  /** Where all else about the event at each place of the heap is kept. */
  #slots = new Int32Array(FIRST_CAPACITY);
  /** By slot: when it is to happen, and how many were put in before it. */
  #slotTimesMs = new Float64Array(FIRST_CAPACITY);
  #orders = new Float64Array(FIRST_CAPACITY);
  /** A stack of the slots that are free; those from `#usedSlots` on have never been used. */
  #freeSlots = new Int32Array(FIRST_CAPACITY);
  #freeCount = 0;
  #usedSlots = 0;
  readonly #actions: Action<unknown>[] = [];
  readonly #subjects: unknown[] = [];
  /** What follows the event that happens, in this order. */
  readonly #followingActions: Action<unknown>[] = [];
  readonly #followingSubjects: unknown[] = [];
  #followers = 0;
  #nextOrder = 0;
  readonly #most: number;
  readonly #overflow: () => never;

  /**
   * @param most how many events it may hold
   * @param overflow called instead of putting in more
   */
  constructor(most: number, overflow: () => never) {
    this.#most = most;
    this.#overflow = overflow;
  }

  /** How many events are to come. */
  get size(): number {
    return this.#openSlot < 0 ? this.#count : this.#count - 1;
  }

  push<T>(atMs: number, action: Action<T>, subject: T): void {
    const slot = this.#openSlot < 0 ? this.#takeSlot() : this.#openSlot;
    this.#actions[slot] = action as Action<unknown>;
    this.#subjects[slot] = subject;
    this.#slotTimesMs[slot] = atMs;
    this.#orders[slot] = this.#nextOrder++;
    this.#settle(slot);
  }

  /** A place in the order of those put in, for an event that may be put in later. */
  takeOrder(): number {
    return this.#nextOrder++;
  }

  /** Puts an event in as if that had been when its place in the order was taken. */
  pushAs<T>(order: number, atMs: number, action: Action<T>, subject: T): void {
    const nextOrder = this.#nextOrder;
    this.#nextOrder = order;
    this.push(atMs, action, subject);
    this.#nextOrder = nextOrder;
  }

  #takeSlot(): number {
    if (this.#count === this.#slots.length) this.#grow();
    return this.#freeCount > 0 ? (this.#freeSlots[--this.#freeCount] as number) : this.#usedSlots++;
  }

  /** Finds the place of an event in the heap: that which is open, or a new one. */
  #settle(slot: number): void {
    if (slot === this.#openSlot) {
      this.#openSlot = -1;
      this.#sink(slot);
    } else this.#rise(slot);
  }

  /**
   * Takes the next event out and lets it happen, unless that is later than `untilMs`.
   *
   * @param clock is set to its time. Written here rather than returned: a fraction that goes through
   * a call costs an allocation
   * @returns whether there was one
   */
  runNext(clock: Clock, untilMs: number): boolean {
    if (this.#count === 0 || (this.#timesMs[0] as number) > untilMs) return false;
    clock.nowMs = this.#timesMs[0] as number;
    const slot = this.#slots[0] as number;
    this.#openSlot = slot;
    clock.events++;
    const action = this.#actions[slot] as Action<unknown>;
    action(this.#subjects[slot]);
    if (this.#followers > 0) this.#runFollowers(clock);
    if (this.#openSlot >= 0) this.#closeRoot();
    return true;
  }

  /**
   * Puts an event in for the time of the one that happens. Where nothing else is to happen then, it
   * follows at once, without a place in the heap. Only while an event happens.
   */
  pushNow<T>({ nowMs }: Clock, action: Action<T>, subject: T): void {
    if (!this.#isLast(nowMs)) {
      this.push(nowMs, action, subject);
      return;
    }
    this.#followingActions[this.#followers] = action as Action<unknown>;
    this.#followingSubjects[this.#followers++] = subject;
  }

  /** Whether all that is in the heap is later than now, and than what happens. */
  #isLast(nowMs: number): boolean {
    const times = this.#timesMs;
    const count = this.#count;
    if (this.#openSlot < 0) return (times[0] as number) > nowMs;
    return (
      (count < 2 || (times[1] as number) > nowMs) && (count < 3 || (times[2] as number) > nowMs)
    );
  }

  #runFollowers(clock: Clock): void {
    for (let next = 0; next < this.#followers && !clock.isStopped; next++) {
      const action = this.#followingActions[next] as Action<unknown>;
      const subject = this.#followingSubjects[next];
      this.#followingSubjects[next] = undefined;
      clock.events++;
      action(subject);
    }
    this.#followers = 0;
  }

  #closeRoot(): void {
    this.#subjects[this.#openSlot] = undefined;
    this.#freeSlots[this.#freeCount++] = this.#openSlot;
    this.#openSlot = -1;
    const last = --this.#count;
    if (last > 0) this.#sink(this.#slots[last] as number);
  }

  /** From the end. */
  #rise(slot: number): void {
    const times = this.#timesMs;
    const slots = this.#slots;
    const timeMs = this.#slotTimesMs[slot] as number;
    const order = this.#orders[slot] as number;
    let place = this.#count++;
    while (place > 0) {
      const parent = (place - 1) >> 1;
      const parentMs = times[parent] as number;
      const parentSlot = slots[parent] as number;
      if (parentMs < timeMs) break;
      if (parentMs === timeMs && (this.#orders[parentSlot] as number) < order) break;
      times[place] = parentMs;
      slots[place] = parentSlot;
      place = parent;
    }
    times[place] = timeMs;
    slots[place] = slot;
  }

  /** From the root. */
  #sink(slot: number): void {
    const times = this.#timesMs;
    const slots = this.#slots;
    const orders = this.#orders;
    const count = this.#count;
    const timeMs = this.#slotTimesMs[slot] as number;
    const order = orders[slot] as number;
    let place = 0;
    for (let child = 1; child < count; child = 2 * place + 1) {
      let childMs = times[child] as number;
      let childSlot = slots[child] as number;
      const right = child + 1;
      if (right < count) {
        const rightMs = times[right] as number;
        if (rightMs <= childMs) {
          const rightSlot = slots[right] as number;
          if (rightMs < childMs || (orders[rightSlot] as number) < (orders[childSlot] as number)) {
            child = right;
            childMs = rightMs;
            childSlot = rightSlot;
          }
        }
      }
      if (timeMs < childMs) break;
      if (timeMs === childMs && order < (orders[childSlot] as number)) break;
      times[place] = childMs;
      slots[place] = childSlot;
      place = child;
    }
    times[place] = timeMs;
    slots[place] = slot;
  }

  #grow(): void {
    const capacity = Math.min(2 * this.#slots.length, this.#most);
    if (this.#count === capacity) this.#overflow();
    this.#timesMs = copyInto(new Float64Array(capacity), this.#timesMs);
    this.#slotTimesMs = copyInto(new Float64Array(capacity), this.#slotTimesMs);
    this.#orders = copyInto(new Float64Array(capacity), this.#orders);
    this.#slots = copyInto(new Int32Array(capacity), this.#slots);
    this.#freeSlots = copyInto(new Int32Array(capacity), this.#freeSlots);
  }
}

function copyInto<Numbers extends Float64Array | Int32Array>(
  larger: Numbers,
  all: Numbers,
): Numbers {
  larger.set(all);
  return larger;
}
