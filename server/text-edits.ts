import type { TextEdit as LspTextEdit, WorkspaceEdit } from 'vscode-languageserver';
import type { LineIndex, TextEdit } from '../core/index.ts';
import type { AnalysedDocument } from './documents.ts';

/** Edits of a text as LSP has them. */
export function toTextEdits(edits: readonly TextEdit[], lines: LineIndex): LspTextEdit[] {
  return edits.map(({ start, end, newText }) => ({
    range: { start: lines.positionAt(start), end: lines.positionAt(end) },
    newText,
  }));
}

/** Edits of one document, in the form that the client understands. */
export function workspaceEdit(
  { analysis: { file, lines }, version }: AnalysedDocument,
  edits: readonly TextEdit[],
  support: { readonly documentChanges: boolean },
): WorkspaceEdit {
  const changes = toTextEdits(edits, lines);
  // With its version, an edit of a text that has changed meanwhile is refused.
  return support.documentChanges
    ? { documentChanges: [{ textDocument: { uri: file, version }, edits: changes }] }
    : { changes: { [file]: changes } };
}
