import type { Position, Range } from 'vscode-languageserver';
import type { LineIndex, Span } from '../core/index.ts';

/** A stretch of a text as LSP has it. */
export function toRange({ end, start }: Span, lines: LineIndex): Range {
  return { start: lines.positionAt(start), end: lines.positionAt(end) };
}

/** Whether a file is JSON, for which editors know the schema themselves. */
export function isJsonFile(file: string): boolean {
  return /\.json$/i.test(file);
}

/** Whether two ranges have a place in common; a cursor at the end of one still belongs to it. */
export function touches(a: Range, b: Range): boolean {
  return isUpTo(a.start, b.end) && isUpTo(b.start, a.end);
}

function isUpTo(a: Position, b: Position): boolean {
  return a.line < b.line || (a.line === b.line && a.character <= b.character);
}
