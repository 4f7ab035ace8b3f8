import type { TextEdit as LspTextEdit } from 'vscode-languageserver';
import type { LineIndex, TextEdit } from '../core/index.ts';

/** Edits of a text as LSP has them. */
export function toTextEdits(edits: readonly TextEdit[], lines: LineIndex): LspTextEdit[] {
  return edits.map(({ start, end, newText }) => ({
    range: { start: lines.positionAt(start), end: lines.positionAt(end) },
    newText,
  }));
}
