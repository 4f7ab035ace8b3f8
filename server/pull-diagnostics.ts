import type { Connection, DocumentDiagnosticReport } from 'vscode-languageserver';
import { DocumentDiagnosticReportKind } from 'vscode-languageserver';
import type { ClientFiles } from './client-files.ts';
import { type DiagnosticStyle, diagnosticsOf } from './diagnostics.ts';
import type { Documents } from './documents.ts';

/**
 * Answers clients that ask for diagnostics when they want them: nothing is computed unasked.
 *
 * @param files that documents are judged together with are waited for
 */
export function answerDiagnosticPulls(
  connection: Connection,
  documents: Documents,
  style: DiagnosticStyle,
  files?: ClientFiles,
): void {
  const answer = (uri: string, previousResultId?: string): DocumentDiagnosticReport => {
    const document = documents.find(uri);
    if (!document) return { kind: DocumentDiagnosticReportKind.Full, items: [] };
    const { analysis, resultId } = document;
    if (resultId === previousResultId) {
      return { kind: DocumentDiagnosticReportKind.Unchanged, resultId };
    }
    return {
      kind: DocumentDiagnosticReportKind.Full,
      resultId,
      items: diagnosticsOf(analysis, style),
    };
  };

  connection.languages.diagnostics.on(({ textDocument: { uri }, previousResultId }) => {
    const now = answer(uri, previousResultId);
    return files?.isWaiting ? whenSettled(files, () => answer(uri, previousResultId)) : now;
  });
}

/** What is asked for may read further files. */
async function whenSettled<T>(files: ClientFiles, ask: () => T): Promise<T> {
  for (;;) {
    await files.settled();
    const answer = ask();
    if (!files.isWaiting) return answer;
  }
}
