import type { Model } from './model.ts';

/** The number of something of a model that can change: a part, a field of the parts of one kind. */
export type Aspect = number;

/** A set of aspects: the bits of each number stand for 32 of them. */
export type Reads = readonly number[];

/**
 * Stands for one version of a model after another, and tells who reads what. The parts of a section
 * are stand-ins too: one for each name, that has the fields of the part as it is now. So whoever
 * holds one holds what is current, and what was worked out from other fields stays true.
 *
 * A part that has other fields than before gets a new stand-in, as if it were another part: code may
 * ask whether there is a field without reading it.
 */
export class ModelView {
  /** What stands for the version that is shown. */
  readonly model = {} as Model;
  #version = 0;
  /** The last version in which each aspect changed. */
  readonly #changes: number[] = [];
  /** The last version that has a property which no other had before. */
  #renewedIn = 0;
  readonly #properties = new Map<string, Property>();
  /** What has been read so far by who is working something out. */
  #reads: number[] = [];
  readonly #tracker: Tracker = {
    view: this,
    newAspect: () => this.#changes.push(this.#version) - 1,
    note: (aspect) => {
      const index = aspect >> 5;
      this.#reads[index] = (this.#reads[index] ?? 0) | (1 << (aspect & 31));
    },
    changed: (aspect) => {
      this.#changes[aspect] = this.#version;
    },
  };

  /** Counts the versions that were shown. */
  get version(): number {
    return this.#version;
  }

  show(model: Model): void {
    this.#version++;
    for (const key of new Set([...Object.keys(model), ...this.#properties.keys()])) {
      const value = model[key as keyof Model];
      const known = this.#properties.get(key);
      if (known) known.show(value);
      else this.#add(key, value);
    }
  }

  hasChangedSince(version: number, reads: Reads): boolean {
    if (version === this.#version) return false;
    if (version < this.#renewedIn) return true;
    for (let index = 0; index < reads.length; index++) {
      for (let bits = reads[index] ?? 0, bit = 0; bits !== 0; bits >>>= 1, bit++) {
        if ((bits & 1) === 1 && (this.#changes[index * 32 + bit] ?? 0) > version) return true;
      }
    }
    return false;
  }

  /** Works something out, and says what of the model was read for it. */
  watch<T>(workOut: () => T): { readonly value: T; readonly reads: Reads } {
    const before = this.#reads;
    const reads: number[] = [];
    this.#reads = reads;
    try {
      return { value: workOut(), reads };
    } finally {
      this.#reads = before;
      this.noteAll(reads);
    }
  }

  /** Notes for who is working something out that all of this was read. */
  noteAll(reads: Reads): void {
    for (let index = 0; index < reads.length; index++) {
      this.#reads[index] = (this.#reads[index] ?? 0) | (reads[index] ?? 0);
    }
  }

  #add(key: string, value: unknown): void {
    // What was never there could be read without a note, so nothing is certain any more.
    this.#renewedIn = this.#version;
    const property =
      value instanceof Map
        ? new Section(new Kind(this.#tracker, NESTED[key]))
        : new Single(this.#tracker);
    property.show(value);
    this.#properties.set(key, property);
    Object.defineProperty(this.model, key, { get: () => property.read(), enumerable: true });
  }
}

/** Lists whose items are parts too, by section. */
const NESTED: Readonly<Record<string, string>> = { services: 'calls' };

interface Tracker {
  readonly view: ModelView;
  newAspect(): Aspect;
  note(aspect: Aspect): void;
  changed(aspect: Aspect): void;
}

interface Property {
  show(value: unknown): void;
  read(): unknown;
}

/** What is one thing. */
class Single implements Property {
  readonly #tracker: Tracker;
  readonly #aspect: Aspect;
  #value: unknown;

  constructor(tracker: Tracker) {
    this.#tracker = tracker;
    this.#aspect = tracker.newAspect();
  }

  show(value: unknown): void {
    if (value === this.#value) return;
    this.#value = value;
    this.#tracker.changed(this.#aspect);
  }

  read(): unknown {
    this.#tracker.note(this.#aspect);
    return this.#value;
  }
}

/** A section with a stand-in for each of its parts. */
class Section implements Property {
  readonly #kind: Kind;
  #source: ReadonlyMap<string, object> = new Map();
  #parts: ReadonlyMap<string, StandIn> = new Map();

  constructor(kind: Kind) {
    this.#kind = kind;
  }

  show(value: unknown): void {
    const source = (value ?? new Map()) as ReadonlyMap<string, object>;
    if (source === this.#source) return;
    this.#source = source;
    const old = this.#parts;
    const parts = new Map<string, StandIn>();
    const oldNames = old.keys();
    let isSame = old.size === source.size;
    for (const [name, content] of source) {
      const part = this.#kind.standInFor(content, old.get(name));
      isSame &&= oldNames.next().value === name && part === old.get(name);
      parts.set(name, part);
    }
    if (isSame) return;
    this.#parts = parts;
    this.#kind.listChanged();
  }

  read(): unknown {
    this.#kind.noteList();
    return this.#parts;
  }
}

const CONTENT = Symbol('content');
const VALUES = Symbol('values');
const VIEW = Symbol('view');

/** Has the fields of the part that it stands for; who reads one is noted. */
interface StandIn {
  /** The part. */
  [CONTENT]: object;
  /** Its fields as they are read: in the order of its kind. */
  readonly [VALUES]: unknown[];
}

/** Parts of one kind: what is read of one may be read of all. */
class Kind {
  readonly #tracker: Tracker;
  readonly #list: Aspect;
  readonly #nestedField: string | undefined;
  readonly #nested: Kind | undefined;
  readonly #fields = new Map<string, Field>();
  readonly #prototype: object;

  /** @param nestedField the field whose items are parts too */
  constructor(tracker: Tracker, nestedField?: string) {
    this.#tracker = tracker;
    this.#list = tracker.newAspect();
    this.#prototype = { [VIEW]: tracker.view };
    this.#nestedField = nestedField;
    if (nestedField !== undefined) this.#nested = new Kind(tracker);
  }

  listChanged(): void {
    this.#tracker.changed(this.#list);
  }

  noteList(): void {
    this.#tracker.note(this.#list);
  }

  /** The known stand-in, unless a part with other fields took the place of its own. */
  standInFor(content: object, known: StandIn | undefined): StandIn {
    if (known?.[CONTENT] === content) return known;
    const keys = Object.keys(content);
    if (!known || !haveSameItems(keys, Object.keys(known))) return this.#newStandIn(content, keys);
    known[CONTENT] = content;
    for (const key of keys) {
      const field = this.#fieldOf(key);
      const value = content[key as keyof typeof content];
      const shown = this.#shown(key, value, known[VALUES][field.index]);
      if (known[VALUES][field.index] === shown) continue;
      known[VALUES][field.index] = shown;
      this.#tracker.changed(field.aspect);
    }
    return known;
  }

  #newStandIn(content: object, keys: readonly string[]): StandIn {
    const values: unknown[] = [];
    const part: StandIn = Object.create(this.#prototype, {
      [CONTENT]: { value: content, writable: true },
      [VALUES]: { value: values },
    });
    for (const key of keys) {
      const field = this.#fieldOf(key);
      while (values.length <= field.index) values.push(undefined);
      values[field.index] = this.#shown(key, content[key as keyof typeof content], undefined);
      Object.defineProperty(part, key, field.descriptor);
    }
    return part;
  }

  /** A field as it is read: stand-ins for what are parts themselves. */
  #shown(key: string, value: unknown, known: unknown): unknown {
    const nested = this.#nested;
    if (!nested || key !== this.#nestedField) return value;
    const contents = value as readonly object[];
    const old = (known ?? []) as readonly StandIn[];
    const parts = contents.map((content, index) => nested.standInFor(content, old[index]));
    return haveSameItems(parts, old) ? (known ?? parts) : parts;
  }

  #fieldOf(key: string): Field {
    const known = this.#fields.get(key);
    if (known) return known;
    const { note } = this.#tracker;
    const aspect = this.#tracker.newAspect();
    const index = this.#fields.size;
    const descriptor = {
      get(this: StandIn): unknown {
        note(aspect);
        return this[VALUES][index];
      },
      enumerable: true,
    };
    const field = { aspect, descriptor, index };
    this.#fields.set(key, field);
    return field;
  }
}

interface Field {
  readonly aspect: Aspect;
  readonly index: number;
  readonly descriptor: PropertyDescriptor;
}

/** The part that something stands in for, and the view that it does so in. */
export function stoodInFor(
  part: object,
): { readonly content: object; readonly view: ModelView } | undefined {
  const view = (part as { readonly [VIEW]?: ModelView })[VIEW];
  return view && { content: (part as StandIn)[CONTENT], view };
}

function haveSameItems(some: readonly unknown[], others: readonly unknown[]): boolean {
  return some.length === others.length && some.every((item, index) => item === others[index]);
}
