import type { Change, Span } from '../../model/fix.ts';
import type { Path } from '../../model/plain-value.ts';
import { entryOf, type SyntaxNode } from '../syntax/node.ts';
import { type Operation, Refusal } from './edit.ts';

/** What is written at a place: the name of an entry, or a value. */
interface Found {
  readonly path: Path;
  readonly role: 'name' | 'value';
  readonly node: SyntaxNode;
  /** The mapping or list that the value is in. */
  readonly holder: SyntaxNode | undefined;
}

/** A change of what is said, rather than of a remark about it. */
export type ValueChange = Exclude<Change, { readonly kind: 'comment' | 'remark' }>;

/** Turns changes in terms of places into operations on paths. */
export class PlaceIndex {
  readonly #found = new Map<string, Found>();

  constructor(root: SyntaxNode) {
    this.#index(root, [], undefined, new Set());
  }

  /** @throws {Refusal} `not-found` when nothing of the kind is written at the place. */
  operationsOf(change: ValueChange): Operation[] {
    switch (change.kind) {
      case 'replace':
        return [{ kind: 'set', path: this.#at(change.at, 'value').path, value: change.value }];
      case 'remove':
        return [{ kind: 'remove', path: this.#at(change.at).path }];
      case 'rename':
        return [{ kind: 'rename', path: this.#at(change.at, 'name').path, key: change.name }];
      case 'put': {
        const { key, value } = change;
        const { path, node } = this.#owner(change.owner);
        return hasEntry(node, key)
          ? [{ kind: 'set', path: [...path, key], value }]
          : [{ kind: 'insert', path, key, value }];
      }
      case 'append': {
        const { key, values } = change;
        const { path, node } = this.#owner(change.owner);
        if (!hasEntry(node, key)) return [{ kind: 'insert', path, key, value: values }];
        return values.map((value) => ({ kind: 'append', path: [...path, key], value }));
      }
    }
  }

  #at(span: Span, role?: Found['role']): Found {
    const found = this.#found.get(keyOf(span));
    if (!found || (role && found.role !== role)) throw new Refusal('not-found');
    return found;
  }

  /**
   * The mapping that belongs to a place: what has its name there, what is written there, or what
   * holds the value there, such as an id.
   */
  #owner(span: Span): Pick<Found, 'path' | 'node'> {
    const { path, node, holder } = this.#at(span);
    if (node.kind === 'mapping') return { path, node };
    if (holder?.kind === 'mapping') return { path: path.slice(0, -1), node: holder };
    throw new Refusal('wrong-kind');
  }

  /** What aliases repeat is met first where it is written, and is what it is there. */
  #index(
    node: SyntaxNode,
    path: Path,
    holder: SyntaxNode | undefined,
    seen: Set<SyntaxNode>,
  ): void {
    if (seen.has(node)) return;
    seen.add(node);
    this.#note(node.range, { path, role: 'value', node, holder });
    if (node.kind === 'sequence') {
      for (const [index, item] of node.items.entries()) {
        this.#index(item, [...path, index], node, seen);
      }
    }
    if (node.kind !== 'mapping') return;
    for (const { key, keyRange, value } of node.entries) {
      const own = [...path, key];
      this.#note(keyRange, { path: own, role: 'name', node: value, holder: node });
      this.#index(value, own, node, seen);
    }
  }

  #note(span: Span, found: Found): void {
    const key = keyOf(span);
    if (!this.#found.has(key)) this.#found.set(key, found);
  }
}

function hasEntry(node: SyntaxNode, key: string): boolean {
  return node.kind === 'mapping' && entryOf(node, key) !== undefined;
}

function keyOf({ start, end }: Span): string {
  return `${start}:${end}`;
}
