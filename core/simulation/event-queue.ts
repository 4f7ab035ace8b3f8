/** What happens to a subject when its time has come. One function per kind of event, shared. */
export type Action<T = never> = (subject: T) => void;

const FIRST_CAPACITY = 1024;

/**
 * The future, ordered: a binary heap on typed arrays. Events of equal time come out in the order
 * in which they were put in, so that a run never depends on the shape of the heap. An event is a
 * shared function and the object that it is about; nothing is allocated per event.
 */
export class EventQueue {
  size = 0;
  #timesMs = new Float64Array(FIRST_CAPACITY);
  #order = new Float64Array(FIRST_CAPACITY);
  /** Where action and subject of the event at each place of the heap are kept. */
  #slots = new Int32Array(FIRST_CAPACITY);
  #freeSlots: number[] = [];
  readonly #actions: (Action<unknown> | undefined)[] = [];
  readonly #subjects: unknown[] = [];
  #inserted = 0;

  /** Time of the next event, ms; Infinity when there is none. */
  get nextTimeMs(): number {
    return this.size === 0 ? Number.POSITIVE_INFINITY : (this.#timesMs[0] as number);
  }

  push<T>(atMs: number, action: Action<T>, subject: T): void {
    if (this.size === this.#timesMs.length) this.#grow();
    const slot = this.#freeSlots.pop() ?? this.#actions.length;
    this.#actions[slot] = action as Action<unknown>;
    this.#subjects[slot] = subject;
    this.#rise(this.size++, atMs, this.#inserted++, slot);
  }

  /** Takes the next event out and lets it happen. Must not be called on an empty queue. */
  runNext(): void {
    const slot = this.#slots[0] as number;
    const action = this.#actions[slot] as Action<unknown>;
    const subject = this.#subjects[slot];
    this.#actions[slot] = undefined;
    this.#subjects[slot] = undefined;
    this.#freeSlots.push(slot);
    const last = --this.size;
    if (last > 0) {
      this.#sink(
        this.#timesMs[last] as number,
        this.#order[last] as number,
        this.#slots[last] as number,
      );
    }
    action(subject);
  }

  #rise(from: number, timeMs: number, order: number, slot: number): void {
    const times = this.#timesMs;
    let place = from;
    while (place > 0) {
      const parent = (place - 1) >> 1;
      // The newcomer is the youngest, so on equal times it stays below.
      if ((times[parent] as number) <= timeMs) break;
      this.#move(parent, place);
      place = parent;
    }
    this.#put(place, timeMs, order, slot);
  }

  #sink(timeMs: number, order: number, slot: number): void {
    const times = this.#timesMs;
    const orders = this.#order;
    const size = this.size;
    let place = 0;
    for (;;) {
      let child = 2 * place + 1;
      if (child >= size) break;
      let childTime = times[child] as number;
      const right = child + 1;
      if (right < size) {
        const rightTime = times[right] as number;
        if (
          rightTime < childTime ||
          (rightTime === childTime && (orders[right] as number) < (orders[child] as number))
        ) {
          child = right;
          childTime = rightTime;
        }
      }
      if (timeMs < childTime || (timeMs === childTime && order < (orders[child] as number))) break;
      this.#move(child, place);
      place = child;
    }
    this.#put(place, timeMs, order, slot);
  }

  #move(from: number, to: number): void {
    this.#put(
      to,
      this.#timesMs[from] as number,
      this.#order[from] as number,
      this.#slots[from] as number,
    );
  }

  #put(place: number, timeMs: number, order: number, slot: number): void {
    this.#timesMs[place] = timeMs;
    this.#order[place] = order;
    this.#slots[place] = slot;
  }

  #grow(): void {
    const capacity = this.#timesMs.length * 2;
    const times = new Float64Array(capacity);
    times.set(this.#timesMs);
    this.#timesMs = times;
    const order = new Float64Array(capacity);
    order.set(this.#order);
    this.#order = order;
    const slots = new Int32Array(capacity);
    slots.set(this.#slots);
    this.#slots = slots;
  }
}
