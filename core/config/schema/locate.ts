import { entryOf, type SyntaxNode, type TextRange } from '../syntax/node.ts';

/** A node found by a JSON pointer, with the key or place that owns it. */
export interface Located {
  readonly node: SyntaxNode;
  /** Last key of the pointer; an index for list items; empty for the root. */
  readonly name: string;
  /** What to point at when something about the whole node is wrong: its key, else its beginning. */
  readonly label: TextRange;
}

/** Follows a JSON pointer as the schema validator writes it. */
export function locate(root: SyntaxNode, pointer: string): Located {
  let located: Located = { node: root, name: '', label: beginning(root) };
  for (const part of pointer.split('/').slice(1)) {
    const name = part.replaceAll('~1', '/').replaceAll('~0', '~');
    const { node } = located;
    if (node.kind === 'mapping') {
      const entry = entryOf(node, name);
      if (!entry) return located;
      located = { node: entry.value, name, label: entry.keyRange };
    } else if (node.kind === 'sequence') {
      const item = node.items[Number(name)];
      if (!item) return located;
      located = { node: item, name, label: beginning(item) };
    }
  }
  return located;
}

/** The first key of a mapping, the first item of a list, or the scalar itself. */
function beginning(node: SyntaxNode): TextRange {
  if (node.kind === 'mapping') return node.entries[0]?.keyRange ?? node.range;
  if (node.kind === 'sequence') return node.items[0] ? beginning(node.items[0]) : node.range;
  return node.range;
}
