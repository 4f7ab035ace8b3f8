import type { Model } from './model.ts';
import { ModelView, type Reads } from './model-view.ts';

/** What was worked out, and from what. */
interface Known {
  readonly value: unknown;
  readonly reads: Reads;
  /** The last version for which it is known to be true. */
  trueIn: number;
}

/**
 * Remembers what was worked out of one version of a model after another, as long as what it was
 * worked out from has not changed: which parts there are, and those fields of them that were read.
 * What is remembered may hold parts and their places, but no offsets, since places move.
 */
export class ModelMemory {
  readonly #known = new Map<object, Known>();
  readonly #view = new ModelView();

  constructor() {
    memories.set(this.#view.model, this);
  }

  /** Shows a version. What is returned stands for it until the next one is shown. */
  show(model: Model): Model {
    this.#view.show(model);
    return this.#view.model;
  }

  forget(): void {
    this.#known.clear();
  }

  /** Works out what is not known, or not true any more. What throws is not remembered. */
  recall<T>(by: object, workOut: (model: Model) => T): T {
    const known = this.#known.get(by);
    if (known && this.#isTrue(known)) {
      // Whoever uses what is known has read what that was worked out from.
      this.#view.noteAll(known.reads);
      return known.value as T;
    }
    const { reads, value } = this.#view.watch(() => workOut(this.#view.model));
    this.#known.set(by, { value, reads, trueIn: this.#view.version });
    return value;
  }

  #isTrue(known: Known): boolean {
    if (this.#view.hasChangedSince(known.trueIn, known.reads)) return false;
    known.trueIn = this.#view.version;
    return true;
  }
}

const memories = new WeakMap<Model, ModelMemory>();

/** The memory that a model stands in, if it was shown by one. */
export function memoryOf(model: Model): ModelMemory | undefined {
  return memories.get(model);
}
