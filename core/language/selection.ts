import type { Config, SyntaxNode, TextRange } from '../config/index.ts';

/**
 * What to select around an offset, from the innermost to the outermost: the word, the value, the key
 * with its value, what that is in, and so on. Each one holds the one before.
 */
export function selectionsAt({ root, text }: Config, offset: number): TextRange[] {
  const around: TextRange[] = [{ start: 0, end: text.length }];
  const add = (range: TextRange): void => {
    const outer = around.at(-1) as TextRange;
    const isInside = range.start >= outer.start && range.end <= outer.end;
    const isSame = range.start === outer.start && range.end === outer.end;
    if (isInside && !isSame && holds(range, offset)) around.push(range);
  };
  let node: SyntaxNode | undefined = root;
  while (node) {
    add(node.range);
    node = stepInto(node, offset, add);
  }
  const innermost = around.at(-1) as TextRange;
  const { end, start } = innermost;
  if (/["']/.test(text[start] ?? '') && text[end - 1] === text[start] && end - start > 2) {
    add({ start: start + 1, end: end - 1 });
  }
  return around.reverse();
}

function stepInto(
  node: SyntaxNode,
  offset: number,
  add: (range: TextRange) => void,
): SyntaxNode | undefined {
  if (node.kind === 'sequence') return node.items.find(({ range }) => holds(range, offset));
  if (node.kind === 'scalar') return undefined;
  for (const { keyRange, value } of node.entries) {
    const whole = { start: keyRange.start, end: Math.max(keyRange.end, value.range.end) };
    if (!holds(whole, offset)) continue;
    add(whole);
    add(keyRange);
    return holds(value.range, offset) && !holds(keyRange, offset) ? value : undefined;
  }
  return undefined;
}

function holds({ end, start }: TextRange, offset: number): boolean {
  return offset >= start && offset <= end;
}
