import type { Model } from './model.ts';

/** What was worked out, and from which parts of the model as they were then. */
interface Known {
  readonly value: unknown;
  readonly reads: ReadonlyMap<keyof Model, unknown>;
  /** Up to which version this is known to be true. */
  version: number;
}

/** Something that is being worked out. */
interface Reader {
  readonly reads: Map<keyof Model, unknown>;
  readonly used: Set<Known>;
}

/**
 * Remembers what was worked out of one version of a model after another, as long as the parts that it
 * was worked out from are the same objects. What is remembered may hold parts and their places, but
 * no offsets, since places move.
 */
export class ModelMemory {
  #model: Model | undefined;
  #version = 0;
  readonly #known = new Map<object, Known>();
  readonly #readers: Reader[] = [];
  /** Stands for the version that is shown, and notes what is read of it. */
  readonly #view = new Proxy({} as Model, {
    get: (_, key) => this.#read(key as keyof Model),
    has: (_, key) => this.#read(key as keyof Model) !== undefined,
  });

  constructor() {
    memories.set(this.#view, this);
  }

  /** Shows a version. What is returned stands for it until the next one is shown. */
  show(model: Model): Model {
    this.#model = model;
    this.#version++;
    return this.#view;
  }

  forget(): void {
    this.#known.clear();
  }

  /** Works out what is not known, or not true any more. What throws is not remembered. */
  recall<T>(by: object, workOut: (model: Model) => T): T {
    const known = this.#known.get(by);
    if (known && this.#isTrue(known)) {
      this.#note(known);
      return known.value as T;
    }
    const reads = new Map<keyof Model, unknown>();
    this.#readers.push({ reads, used: new Set() });
    let value: T;
    try {
      value = workOut(this.#view);
    } finally {
      this.#readers.pop();
    }
    const fresh = { value, reads, version: this.#version };
    this.#known.set(by, fresh);
    this.#note(fresh);
    return value;
  }

  #read(key: keyof Model): unknown {
    const value = this.#model?.[key];
    this.#readers.at(-1)?.reads.set(key, value);
    return value;
  }

  #isTrue(known: Known): boolean {
    if (known.version === this.#version) return true;
    for (const [key, value] of known.reads) if (this.#model?.[key] !== value) return false;
    known.version = this.#version;
    return true;
  }

  /** Whoever uses what is known has read what that was worked out from. */
  #note(known: Known): void {
    const reader = this.#readers.at(-1);
    if (!reader || reader.used.has(known)) return;
    reader.used.add(known);
    for (const [key, value] of known.reads) reader.reads.set(key, value);
  }
}

const memories = new WeakMap<Model, ModelMemory>();

/** The memory that a model stands in, if it was shown by one. */
export function memoryOf(model: Model): ModelMemory | undefined {
  return memories.get(model);
}
