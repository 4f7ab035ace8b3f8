import type { Config, SyntaxNode } from '../config/index.ts';

/** Lines that can be folded away under the first of them; numbers from 0, both included. */
export interface Fold {
  readonly startLine: number;
  readonly endLine: number;
  readonly kind?: 'comment' | 'region';
}

/** What can be folded: every key and item over several lines, comments, and marked regions. */
export function foldsOf(config: Config): Fold[] {
  const folds = [...commentFolds(config)];
  const { lines, root } = config;
  const taken = new Set<number>();
  const note = (start: number, end: number): void => {
    const startLine = lines.positionAt(start).line;
    const endLine = lines.positionAt(end).line;
    // Of two that begin on one line the outer one is folded.
    if (endLine <= startLine || taken.has(startLine)) return;
    taken.add(startLine);
    folds.push({ startLine, endLine });
  };
  const seen = new Set<SyntaxNode>();
  const visit = (node: SyntaxNode): void => {
    if (seen.has(node)) return;
    seen.add(node);
    if (node.kind === 'mapping') {
      for (const { keyRange, value } of node.entries) {
        if (value.range.start >= keyRange.start) note(keyRange.start, value.range.end);
        visit(value);
      }
    } else if (node.kind === 'sequence') {
      for (const item of node.items) {
        note(item.range.start, item.range.end);
        visit(item);
      }
    }
  };
  if (root) visit(root);
  return folds.sort((a, b) => a.startLine - b.startLine || b.endLine - a.endLine);
}

/** Comments on lines of their own, one after another; and what stands between two marks. */
function* commentFolds({ comments, lines, text }: Config): Generator<Fold> {
  const regions: number[] = [];
  let first: number | undefined;
  let last = -1;
  for (const { range, text: comment } of comments) {
    const { line } = lines.positionAt(range.start);
    const isOwnLine = text.slice(lines.lineStart(line), range.start).trim() === '';
    if (/^#\s*region\b/.test(comment)) regions.push(line);
    else if (/^#\s*endregion\b/.test(comment)) {
      const startLine = regions.pop();
      if (startLine !== undefined) yield { startLine, endLine: line, kind: 'region' };
    }
    if (isOwnLine && first !== undefined && line === last + 1) {
      last = line;
      continue;
    }
    if (first !== undefined && last > first)
      yield { startLine: first, endLine: last, kind: 'comment' };
    first = isOwnLine ? line : undefined;
    last = line;
  }
  if (first !== undefined && last > first)
    yield { startLine: first, endLine: last, kind: 'comment' };
}
