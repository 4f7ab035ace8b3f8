import type { Config } from './read.ts';
import { type JsonSchema, RESILIENCE } from './schema/schema.ts';
import type { SyntaxNode, TextRange } from './syntax/node.ts';

/** A word of a config: a key, or a value that is not made of others. */
export interface Word {
  readonly range: TextRange;
  /** Of a key what is behind it; of a value itself. */
  readonly value: TextRange;
  /** What the format says of it. */
  readonly schema: JsonSchema;
}

/**
 * Finds the word at an offset. There is none on blanks, brackets and comments, nor where an alias
 * repeats a mapping or a list.
 */
export function wordAt({ root }: Pick<Config, 'root'>, offset: number): Word | undefined {
  let pointer = '';
  let node = root;
  while (node) {
    const child = childAt(node, offset);
    if (!child) return undefined;
    pointer += `/${child.name.replaceAll('~', '~0').replaceAll('/', '~1')}`;
    const { isKey, node: inside, range } = child;
    if (isKey || inside.kind === 'scalar') {
      return { range, value: inside.range, schema: RESILIENCE.at(pointer) };
    }
    node = inside;
  }
  return undefined;
}

interface Child {
  /** Key, or index in the list. */
  readonly name: string;
  readonly range: TextRange;
  readonly isKey: boolean;
  readonly node: SyntaxNode;
}

function childAt(parent: SyntaxNode, offset: number): Child | undefined {
  if (parent.kind === 'scalar') return undefined;
  if (parent.kind === 'sequence') {
    const index = parent.items.findIndex(({ range }) => holds(range, offset));
    const node = parent.items[index];
    return node && { name: `${index}`, range: node.range, isKey: false, node };
  }
  for (const { key: name, keyRange, value: node } of parent.entries) {
    if (holds(keyRange, offset)) return { name, range: keyRange, isKey: true, node };
    if (holds(node.range, offset)) return { name, range: node.range, isKey: false, node };
  }
  return undefined;
}

/** The end counts: a cursor behind a word is on it. */
function holds({ start, end }: TextRange, offset: number): boolean {
  return offset >= start && offset <= end;
}
