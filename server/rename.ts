import { type Connection, LSPErrorCodes, ResponseError } from 'vscode-languageserver';
import { planRename, renamableAt } from '../core/language/index.ts';
import type { Documents } from './documents.ts';
import { toRange } from './ranges.ts';
import { findDocument } from './requests.ts';
import { workspaceEdit } from './text-edits.ts';

/** Renames what has a name, everywhere that the name is written; says why where that is not safe. */
export function answerRenames(
  connection: Connection,
  documents: Documents,
  support: { readonly documentChanges: boolean },
): void {
  connection.onPrepareRename(({ position, textDocument }) => {
    const document = documents.get(textDocument.uri);
    if (!document) return null;
    const { lines, text } = document.analysis;
    const found = renamableAt(document.analysis, lines.offsetAt(position));
    if (!found) return null;
    const { end, start } = found.range;
    return { range: toRange(found.range, lines), placeholder: text.slice(start, end) };
  });

  connection.onRenameRequest((params) => {
    const document = findDocument(documents, params, 'rename');
    const offset = document.analysis.lines.offsetAt(params.position);
    const result = planRename(document.analysis, offset, params.newName);
    if (result.kind === 'edits') return workspaceEdit(document, result.edits, support);
    throw new ResponseError(LSPErrorCodes.RequestFailed, result.message);
  });
}
