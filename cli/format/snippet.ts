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

/** At most `columns` cells, with an ellipsis where something was left out. */
function cut(cells: readonly Cell[], columns: number): readonly Cell[] {
  if (sum(cells) <= columns) return cells;
  const ellipsis: Cell = { text: '…', cells: 1, isMarked: false };
  let first = cells.findIndex(({ isMarked }) => isMarked);
  const lead = Math.min(LEAD_CELLS, Math.floor(columns / 3));
  for (let room = lead; first > 0 && room > 0; first--) room -= cells[first - 1]?.cells ?? 0;
  const shown: Cell[] = first > 0 ? [ellipsis] : [];
  let room = columns - shown.length - 1;
  let next = first;
  for (; next < cells.length; next++) {
    const cell = cells[next] as Cell;
    if (cell.cells > room) break;
    room -= cell.cells;
    shown.push(cell);
  }
  return next < cells.length ? [...shown, ellipsis] : shown;
}

function draw(cells: readonly Cell[]): Snippet {
  const underline = cells
    .map(({ cells: width, isMarked }) => (isMarked ? '^' : ' ').repeat(width))
    .join('');
  return {
    source: cells.map(({ text }) => text).join('').trimEnd(),
    underline: underline.trimEnd(),
  };
}

function sum(cells: readonly Cell[]): number {
  return cells.reduce((total, { cells: width }) => total + width, 0);
}
