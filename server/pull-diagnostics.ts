import type { Connection, DocumentDiagnosticReport } from 'vscode-languageserver';
import { DocumentDiagnosticReportKind } from 'vscode-languageserver';
import { type DiagnosticStyle, diagnosticsOf } from './diagnostics.ts';
import type { Documents } from './documents.ts';

/** Answers clients that ask for diagnostics when they want them: nothing is computed unasked. */
export function answerDiagnosticPulls(
  connection: Connection,
  documents: Documents,
  style: DiagnosticStyle,
): void {
  connection.languages.diagnostics.on(
    ({ textDocument, previousResultId }): DocumentDiagnosticReport => {
      const document = documents.find(textDocument.uri);
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
    },
  );
}
