import type { Model } from './model.ts';

/** What was worked out, and from which parts of the model as they were then. */
interface Known {
  readonly value: unknown;
  /** The parts that were read: a bit for each. */
  readonly reads: number;
  /** The parts of a version for which this is true. */
  parts: readonly unknown[];
}

/**
 * Remembers what was worked out of one version of a model after another, as long as the parts that it
 * was worked out from are the same objects. What is remembered may hold parts and their places, but
 * no offsets, since places move.
 */
export class ModelMemory {
  readonly #known = new Map<object, Known>();
  readonly #keys: string[] = [];
  /** The parts of the version that is shown, in the order of the keys. */
  #parts: readonly unknown[] = [];
  /** What has been read so far by who is working something out. */
  #reads = 0;
  /** Stands for the version that is shown, and notes what is read of it. */
  readonly #view = {} as Model;

  constructor() {
    memories.set(this.#view, this);
  }

  /** Shows a version. What is returned stands for it until the next one is shown. */
  show(model: Model): Model {
    for (const key of Object.keys(model)) if (!this.#keys.includes(key)) this.#add(key);
    this.#parts = this.#keys.map((key) => model[key as keyof Model]);
    return this.#view;
  }

  forget(): void {
    this.#known.clear();
  }

  /** Works out what is not known, or not true any more. What throws is not remembered. */
  recall<T>(by: object, workOut: (model: Model) => T): T {
    const known = this.#known.get(by);
    if (known && this.#isTrue(known)) {
      // Whoever uses what is known has read what that was worked out from.
      this.#reads |= known.reads;
      return known.value as T;
    }
    const before = this.#reads;
    this.#reads = 0;
    try {
      const value = workOut(this.#view);
      this.#known.set(by, { value, reads: this.#reads, parts: this.#parts });
      return value;
    } finally {
      this.#reads |= before;
    }
  }

  /** A part that was never there could be read without a note, so nothing is certain any more. */
  #add(key: string): void {
    this.forget();
    const index = this.#keys.push(key) - 1;
    const get = () => {
      this.#reads |= 1 << index;
      return this.#parts[index];
    };
    Object.defineProperty(this.#view, key, { get, enumerable: true });
  }

  #isTrue(known: Known): boolean {
    if (known.parts === this.#parts) return true;
    for (let bits = known.reads, index = 0; bits !== 0; bits >>>= 1, index++) {
      if ((bits & 1) === 1 && known.parts[index] !== this.#parts[index]) return false;
    }
    known.parts = this.#parts;
    return true;
  }
}

const memories = new WeakMap<Model, ModelMemory>();

/** The memory that a model stands in, if it was shown by one. */
export function memoryOf(model: Model): ModelMemory | undefined {
  return memories.get(model);
}
