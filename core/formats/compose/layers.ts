import { entryOf, type SyntaxNode } from '../../config/syntax/node.ts';
import type { Sourced, SourceRange } from '../../model/source.ts';
import { Fields } from '../fields.ts';

/** A value that takes nothing over from the files before. Source: compose-go, `loader/reset.go`. */
const CUTS = new Set(['!reset', '!override']);

/**
 * One mapping that several files, or a service and the one that it extends, write together. The last
 * one that says something of a key is right, as Compose merges them; every value keeps its place.
 */
export class Layers {
  /** The first one is what the others change. */
  readonly all: readonly Fields[];
  readonly #parts: Layers[] = [];
  #unclear = false;

  constructor(all: readonly Fields[]) {
    this.all = all;
  }

  get exists(): boolean {
    return this.all.some(({ exists }) => exists);
  }

  /** Whether something is written, but not so that anybody knows yet what it will be. */
  get unclear(): boolean {
    return (
      this.#unclear ||
      this.all.some(({ unclear }) => unclear) ||
      this.#parts.some(({ unclear }) => unclear)
    );
  }

  get keys(): ReadonlySet<string> {
    const keys = this.all.flatMap((one) => one.keys);
    return new Set(keys.filter((key) => this.has(key)));
  }

  has(key: string): boolean {
    return this.#saying(key).length > 0;
  }

  /** Where a key is written that counts. */
  keyAt(key: string): SourceRange | undefined {
    return this.#last(key)?.keyAt(key);
  }

  valueAt(key: string): SourceRange | undefined {
    return this.#last(key)?.valueAt(key);
  }

  text(key: string): Sourced<string> | undefined {
    return this.#last(key)?.text(key);
  }

  scalar(key: string): Sourced<string> | undefined {
    return this.#last(key)?.scalar(key);
  }

  number(key: string): Sourced<number> | undefined {
    return this.#last(key)?.number(key);
  }

  boolean(key: string): Sourced<boolean> | undefined {
    return this.#last(key)?.boolean(key);
  }

  read<T>(
    key: string,
    parse: (value: string | number | boolean | null) => T | undefined,
  ): Sourced<T> | undefined {
    return this.#last(key)?.read(key, parse);
  }

  part(key: string): Layers {
    const part = new Layers(this.#saying(key).map((one) => one.part(key)));
    this.#parts.push(part);
    return part;
  }

  /** The items of a list that files add to one another. */
  items(key: string): readonly Fields[] {
    return this.#saying(key).flatMap((one) => one.items(key));
  }

  /** What stands for a key, whatever that is. */
  nodes(key: string): readonly { readonly fields: Fields; readonly node: SyntaxNode }[] {
    return this.#saying(key).flatMap((one) => {
      const at = one.keyAt(key);
      const node = one.node?.kind === 'mapping' ? entryOf(one.node, key)?.value : undefined;
      return at && node ? [{ fields: new Fields(node, at), node }] : [];
    });
  }

  #last(key: string): Fields | undefined {
    return this.#saying(key).at(-1);
  }

  #saying(key: string): readonly Fields[] {
    const cut = this.all.findLastIndex((one) => CUTS.has(one.tagOf(key) ?? ''));
    const left = this.all.slice(Math.max(0, cut));
    return left.filter((one) => one.says(key) && one.tagOf(key) !== '!reset');
  }
}
