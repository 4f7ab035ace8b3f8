import type { Position, Range } from 'vscode-languageserver';

/** Whether two ranges have a place in common; a cursor at the end of one still belongs to it. */
export function touches(a: Range, b: Range): boolean {
  return isUpTo(a.start, b.end) && isUpTo(b.start, a.end);
}

function isUpTo(a: Position, b: Position): boolean {
  return a.line < b.line || (a.line === b.line && a.character <= b.character);
}
