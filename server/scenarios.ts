import type { Connection, TextDocumentIdentifier } from 'vscode-languageserver';
import type { Documents } from './documents.ts';
import { SCENARIOS, type ScenarioItem } from './protocol.ts';
import { findDocument } from './requests.ts';

/** Answers `faultline/scenarios`: what of an open document can be run as a test. */
export function answerScenarios(connection: Connection, documents: Documents): void {
  connection.onRequest(
    SCENARIOS,
    (params: { readonly textDocument: TextDocumentIdentifier }): readonly ScenarioItem[] => {
      const { analysis } = findDocument(documents, params, 'list scenarios');
      const { file, lines, model } = analysis;
      return [...model.scenarios.values()]
        .filter(({ nameAt }) => nameAt.file === file)
        .map(({ expect, name, nameAt }) => ({
          name,
          range: { start: lines.positionAt(nameAt.start), end: lines.positionAt(nameAt.end) },
          expectations: expect.length,
        }));
    },
  );
}
