/** What happens to a subject when its time has come. One function per kind of event, shared. */
export type Action<T = never> = (subject: T) => void;

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
  #isRootOpen = false;
  #timesMs = new Float64Array(FIRST_CAPACITY);
  /** Where all else about the event at each place of the heap is kept. */
  #slots = new Int32Array(FIRST_CAPACITY);
  /** By slot: how many were put in before it. */
  #orders = new Float64Array(FIRST_CAPACITY);
  /** A stack of the slots that are free; those from `#usedSlots` on have never been used. */
  #freeSlots = new Int32Array(FIRST_CAPACITY);
  #freeCount = 0;
  #usedSlots = 0;
  readonly #actions: Action<unknown>[] = [];
  readonly #subjects: unknown[] = [];
  #nextOrder = 0;

  /** How many events are to come. */
  get size(): number {
    return this.#isRootOpen ? this.#count - 1 : this.#count;
  }

  /** Time of the next event, ms; Infinity when there is none. Not while an event happens. */
  get nextTimeMs(): number {
    return this.#count === 0 ? Number.POSITIVE_INFINITY : (this.#timesMs[0] as number);
  }

  push<T>(atMs: number, action: Action<T>, subject: T): void {
    this.pushAs(this.takeOrder(), atMs, action, subject);
  }

  /** A place in the order of those put in, for an event that may be put in later. */
  takeOrder(): number {
    return this.#nextOrder++;
  }

  /** Puts an event in as if that had been when its place in the order was taken. */
  pushAs<T>(order: number, atMs: number, action: Action<T>, subject: T): void {
    if (this.#count === this.#timesMs.length) this.#grow();
    const slot =
      this.#freeCount > 0 ? (this.#freeSlots[--this.#freeCount] as number) : this.#usedSlots++;
    this.#actions[slot] = action as Action<unknown>;
    this.#subjects[slot] = subject;
    this.#orders[slot] = order;
    if (this.#isRootOpen) {
      this.#isRootOpen = false;
      this.#sink(atMs, order, slot);
    } else this.#rise(this.#count++, atMs, order, slot);
  }

  /** Takes the next event out and lets it happen. Must not be called on an empty queue. */
  runNext(): void {
    const slot = this.#slots[0] as number;
    const action = this.#actions[slot] as Action<unknown>;
    const subject = this.#subjects[slot];
    this.#subjects[slot] = undefined;
    this.#freeSlots[this.#freeCount++] = slot;
    this.#isRootOpen = true;
    action(subject);
    if (this.#isRootOpen) this.#closeRoot();
  }

  #closeRoot(): void {
    this.#isRootOpen = false;
    const last = --this.#count;
    if (last === 0) return;
    const slot = this.#slots[last] as number;
    this.#sink(this.#timesMs[last] as number, this.#orders[slot] as number, slot);
  }

  #rise(from: number, timeMs: number, order: number, slot: number): void {
    const times = this.#timesMs;
    const slots = this.#slots;
    let place = from;
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
  #sink(timeMs: number, order: number, slot: number): void {
    const times = this.#timesMs;
    const slots = this.#slots;
    const orders = this.#orders;
    const count = this.#count;
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
    const capacity = this.#timesMs.length * 2;
    const timesMs = new Float64Array(capacity);
    timesMs.set(this.#timesMs);
    this.#timesMs = timesMs;
    const orders = new Float64Array(capacity);
    orders.set(this.#orders);
    this.#orders = orders;
    this.#slots = enlarged(this.#slots, capacity);
    this.#freeSlots = enlarged(this.#freeSlots, capacity);
  }
}

function enlarged(array: Int32Array, capacity: number): Int32Array<ArrayBuffer> {
  const larger = new Int32Array(capacity);
  larger.set(array);
  return larger;
}
