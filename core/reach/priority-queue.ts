/** Gives back first what comes first; of equals, what came first. */
export class PriorityQueue<T> {
  readonly #isBefore: (a: T, b: T) => boolean;
  /** A binary heap: no entry comes before its parent, at (i − 1) / 2. */
  readonly #heap: { readonly value: T; readonly number: number }[] = [];
  #pushed = 0;

  constructor(isBefore: (a: T, b: T) => boolean) {
    this.#isBefore = isBefore;
  }

  push(value: T): void {
    let place = this.#heap.push({ value, number: this.#pushed++ }) - 1;
    while (place > 0) {
      const parent = (place - 1) >> 1;
      if (!this.#swapIfBefore(place, parent)) break;
      place = parent;
    }
  }

  pop(): T | undefined {
    const [first] = this.#heap;
    const last = this.#heap.pop();
    if (!first || !last || this.#heap.length === 0) return first?.value;
    this.#heap[0] = last;
    for (let place = 0; ; ) {
      const child = this.#firstChild(place);
      if (!this.#swapIfBefore(child, place)) break;
      place = child;
    }
    return first.value;
  }

  #firstChild(place: number): number {
    const left = 2 * place + 1;
    return this.#comesBefore(left + 1, left) ? left + 1 : left;
  }

  #swapIfBefore(place: number, parent: number): boolean {
    if (!this.#comesBefore(place, parent)) return false;
    const [a, b] = [this.#heap[place], this.#heap[parent]];
    if (a && b) [this.#heap[place], this.#heap[parent]] = [b, a];
    return true;
  }

  #comesBefore(place: number, other: number): boolean {
    const [a, b] = [this.#heap[place], this.#heap[other]];
    if (!a || !b) return false;
    if (this.#isBefore(a.value, b.value)) return true;
    return !this.#isBefore(b.value, a.value) && a.number < b.number;
  }
}
