import {
  type Connection,
  LSPErrorCodes,
  ResponseError,
  type TextEdit,
  type WorkspaceEdit,
} from 'vscode-languageserver';
import { planRename, type RenamedFile, renamableAt } from '../core/language/index.ts';
import type { Documents } from './documents.ts';
import { toRange } from './ranges.ts';
import { findDocument } from './requests.ts';

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
    const others = documents.importersOf(document.analysis.file);
    const result = planRename(document.analysis, offset, params.newName, others);
    if (result.kind === 'edits') return editOf(result.files, documents, support);
    throw new ResponseError(LSPErrorCodes.RequestFailed, result.message);
  });
}

/** A file that is not open has no version. */
function editOf(
  files: readonly RenamedFile[],
  documents: Documents,
  support: { readonly documentChanges: boolean },
): WorkspaceEdit {
  const changes = files.map(({ edits, file }) => ({
    uri: file,
    edits: edits.flatMap(({ end, newText, start }): TextEdit[] => {
      const location = documents.locationOf({ file, start, end });
      return location ? [{ range: location.range, newText }] : [];
    }),
  }));
  if (!support.documentChanges) {
    return { changes: Object.fromEntries(changes.map(({ edits, uri }) => [uri, edits])) };
  }
  return {
    documentChanges: changes.map(({ edits, uri }) => ({
      textDocument: { uri, version: documents.versionOf(uri) },
      edits,
    })),
  };
}
