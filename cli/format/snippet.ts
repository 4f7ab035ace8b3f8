import type { LineIndex, SourceRange } from '../../core/index.ts';
import { cellsOf, graphemes, printable } from './text.ts';

const TAB_CELLS = 4;
/** Cells of a cut line that are shown before the range. */
const LEAD_CELLS = 20;
/** Characters of a line that are looked at on each side of the range; a line may have millions. */
const REACH = 400;

export interface Snippet {
  readonly source: string;
  /** Spaces and carets that stand under the range. */
  readonly underline: string;
}

interface Cell {
  readonly text: string;
  readonly cells: number;
  readonly isMarked: boolean;
}

/**
 * The line on which a range begins, without its indentation, and a line that underlines the range:
 * to the end of the line at most, one caret at least. What is too wide is cut around the range.
 */
export function snippetOf(
  text: string,
  lines: LineIndex,
  range: SourceRange,
  columns: number,
): Snippet | undefined {
  const lineStart = lines.lineStart(lines.positionAt(range.start).line);
  const rest = text.slice(lineStart, range.start + REACH);
  const lineEnd = lineStart + (/[\r\n]/.exec(rest)?.index ?? rest.length);
  const indentation = /^\s*/.exec(text.slice(lineStart, lineEnd))?.[0].length ?? 0;
  const from = Math.max(Math.min(lineStart + indentation, range.start), range.start - REACH);
  const line = text.slice(from, lineEnd);
  if (line.trim() === '') return undefined;
  const end = Math.max(range.end, range.start + 1);
  const cells = cellsIn(line, range.start - from, end - from);
  const markedFrom = cells.findIndex(({ isMarked }) => isMarked);
  if (markedFrom < 0) cells.push({ text: ' ', cells: 1, isMarked: true });
  return draw(cut(cells, columns));
}

function cellsIn(line: string, start: number, end: number): Cell[] {
  const cells: Cell[] = [];
  let column = 0;
  for (const grapheme of graphemes(line)) {
    const isTab = grapheme.text === '\t';
    const width = isTab ? TAB_CELLS - (column % TAB_CELLS) : cellsOf(grapheme.text);
    column += width;
    cells.push({
      text: isTab ? ' '.repeat(width) : printable(grapheme.text),
      cells: width,
      isMarked: grapheme.index < end && grapheme.index + grapheme.text.length > start,
    });
  }
  return cells;
}

/** At most `columns` cells around the range, with an ellipsis where something was left out. */
function cut(cells: readonly Cell[], columns: number): readonly Cell[] {
  if (sum(cells) <= columns) return cells;
  const marked = cells.findIndex(({ isMarked }) => isMarked);
  // Two cells are kept for the ellipses.
  let room = columns - 2;
  let first = marked;
  let end = marked;
  const take = (cell: Cell | undefined): boolean => {
    if (!cell || cell.cells > room) return false;
    room -= cell.cells;
    return true;
  };
  const lead = Math.min(LEAD_CELLS, Math.floor(columns / 3));
  while (columns - 2 - room < lead && take(cells[first - 1])) first--;
  while (take(cells[end])) end++;
  // What the right does not need, the left may have.
  while (end === cells.length && take(cells[first - 1])) first--;
  const ellipsis: Cell = { text: '…', cells: 1, isMarked: false };
  return [
    ...(first > 0 ? [ellipsis] : []),
    ...cells.slice(first, end),
    ...(end < cells.length ? [ellipsis] : []),
  ];
}

function draw(cells: readonly Cell[]): Snippet {
  const underline = cells
    .map(({ cells: width, isMarked }) => (isMarked ? '^' : ' ').repeat(width))
    .join('');
  return {
    source: cells
      .map(({ text }) => text)
      .join('')
      .trimEnd(),
    underline: underline.trimEnd(),
  };
}

function sum(cells: readonly Cell[]): number {
  return cells.reduce((total, { cells: width }) => total + width, 0);
}
