import { entryOf, type MappingEntry, type SyntaxNode } from '../config/syntax/node.ts';
import type { Sourced, SourceRange } from '../model/source.ts';

/** What a template or a shell puts there later: nobody knows yet what it will be. */
const PLACEHOLDER = /\$\{|\$\(|\{\{/;

/**
 * Reads one mapping of a file that belongs to another tool. What is not there, and what cannot be
 * read, is `undefined`; the latter is remembered, so that nobody judges what nobody knows.
 */
export class Fields {
  /** Where what is said of the whole is shown: its name. */
  readonly at: SourceRange;
  readonly node: SyntaxNode | undefined;
  readonly #entries: readonly MappingEntry[];
  readonly #parts: Fields[] = [];
  #unclear: boolean;

  constructor(node: SyntaxNode | undefined, at: SourceRange) {
    this.node = node;
    this.at = at;
    this.#entries = node?.kind === 'mapping' ? node.entries : [];
    // `null` says no more than nothing does.
    this.#unclear = node !== undefined && node.kind !== 'mapping' && !isNull(node);
  }

  /** Whether there is a mapping to read. */
  get exists(): boolean {
    return this.node?.kind === 'mapping';
  }

  /** Whether something that was asked for is written, but not so that it can be understood. */
  get unclear(): boolean {
    return this.#unclear || this.#parts.some(({ unclear }) => unclear);
  }

  /** From the name to the end of what it stands for. */
  get extent(): SourceRange {
    return { ...this.at, end: Math.max(this.at.end, this.node?.range.end ?? 0) };
  }

  get keys(): readonly string[] {
    return this.#entries.map(({ key }) => key);
  }

  has(key: string): boolean {
    return this.#entry(key) !== undefined;
  }

  /** Where a key is written. */
  keyAt(key: string): SourceRange | undefined {
    const entry = this.#entry(key);
    return entry && this.#place(entry.keyRange);
  }

  /** The tag of a value, where it has one that YAML does not know. */
  tagOf(key: string): string | undefined {
    return this.#entry(key)?.value.tag;
  }

  /** Whether more is written there than the key. */
  says(key: string): boolean {
    const entry = this.#entry(key);
    return entry !== undefined && !isNull(entry.value);
  }

  text(key: string): Sourced<string> | undefined {
    return this.read(key, (value) =>
      typeof value === 'string' && value.trim() !== '' ? value : undefined,
    );
  }

  /** Whatever is written there, as text. */
  scalar(key: string): Sourced<string> | undefined {
    return this.read(key, (value) => {
      // What is too large to be a number is nothing that anybody wrote.
      return value === null || value === Number.POSITIVE_INFINITY ? undefined : String(value);
    });
  }

  number(key: string): Sourced<number> | undefined {
    return this.read(key, (value) =>
      typeof value === 'number' && Number.isFinite(value) ? value : undefined,
    );
  }

  boolean(key: string): Sourced<boolean> | undefined {
    return this.read(key, (value) => (typeof value === 'boolean' ? value : undefined));
  }

  /** Reads a value in a way of the format's own. */
  read<T>(
    key: string,
    parse: (value: string | number | boolean | null) => T | undefined,
  ): Sourced<T> | undefined {
    const entry = this.#entry(key);
    if (!entry || isNull(entry.value)) return undefined;
    const { value: node } = entry;
    const isKnown =
      node.kind === 'scalar' && !(typeof node.value === 'string' && PLACEHOLDER.test(node.value));
    const value = isKnown ? parse(node.value) : undefined;
    if (value === undefined) {
      this.#unclear = true;
      return undefined;
    }
    return { value, source: { kind: 'explicit', at: this.#place(node.range) } };
  }

  /** A mapping in this one; empty where it is not there. */
  part(key: string): Fields {
    const entry = this.#entry(key);
    const part = new Fields(entry?.value, entry ? this.#place(entry.keyRange) : this.at);
    this.#parts.push(part);
    return part;
  }

  /** The mapping's own entries, each a mapping: names that the author chose. */
  named(): readonly (readonly [name: string, fields: Fields])[] {
    return this.#entries.map(({ key, keyRange, value }) => [
      key,
      new Fields(value, this.#place(keyRange)),
    ]);
  }

  /** The items of a list, each with its own place. */
  items(key: string): readonly Fields[] {
    const node = this.#entry(key)?.value;
    if (node === undefined || isNull(node)) return [];
    if (node.kind !== 'sequence') {
      this.#unclear = true;
      return [];
    }
    return node.items.map((item) => new Fields(item, this.#place(item.range)));
  }

  /** The place of a value, where one is written. */
  valueAt(key: string): SourceRange | undefined {
    const entry = this.#entry(key);
    return entry && this.#place(entry.value.range);
  }

  #entry(key: string): MappingEntry | undefined {
    return this.node?.kind === 'mapping' ? entryOf(this.node, key) : undefined;
  }

  #place({ start, end }: { readonly start: number; readonly end: number }): SourceRange {
    return { file: this.at.file, start, end };
  }
}

function isNull(node: SyntaxNode): boolean {
  return node.kind === 'scalar' && node.value === null;
}
