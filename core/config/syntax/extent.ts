import type { LineIndex } from '../text/line-index.ts';
import type { SyntaxNode, TextRange } from './node.ts';

/** For each line, from 0, the end of the longest key with its value, or item, that begins on it. */
export function nodeEnds(
  root: SyntaxNode | undefined,
  lines: LineIndex,
): ReadonlyMap<number, number> {
  const ends = new Map<number, number>();
  const note = ({ start, end }: TextRange) => {
    const { line } = lines.positionAt(start);
    ends.set(line, Math.max(end, ends.get(line) ?? 0));
  };
  const seen = new Set<SyntaxNode>();
  const visit = (node: SyntaxNode): void => {
    if (seen.has(node) || node.kind === 'scalar') return;
    seen.add(node);
    if (node.kind === 'sequence') {
      for (const item of node.items) {
        note(item.range);
        visit(item);
      }
    } else {
      for (const { keyRange, value } of node.entries) {
        // What an alias repeats is written elsewhere, maybe before the key.
        note({ start: keyRange.start, end: Math.max(keyRange.end, value.range.end) });
        visit(value);
      }
    }
  };
  if (root) visit(root);
  return ends;
}
