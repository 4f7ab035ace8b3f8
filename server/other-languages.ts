import {
  BulkRegistration,
  CodeActionRequest,
  CodeLensRequest,
  type Connection,
  DidChangeTextDocumentNotification,
  DidCloseTextDocumentNotification,
  DidOpenTextDocumentNotification,
  DocumentDiagnosticRequest,
  HoverRequest,
  TextDocumentSyncKind,
} from 'vscode-languageserver';
import { type ClientSupport, DIAGNOSTIC_OPTIONS } from './capabilities.ts';
import { CODE_ACTION_KINDS } from './code-actions.ts';

/** Files of other tools are written in these; which of them hold something, their content says. */
const LANGUAGES = ['yaml', 'dockercompose'];

/**
 * Names of JSON files that are not native: those would be asked about twice. A pattern cannot say what
 * a name must not end in, so these say how it may differ from `resilience`, from its end on.
 */
const JSON_NAMES = ['[!eE]', '[!cC][eE]', '[!nN][cC][eE]', '[!eE][nN][cC][eE]'];

/**
 * Asks the client for what there is to say of files of other tools: findings, hovers, lenses and fixes. All
 * else (completion, formatting, outlines) is left to the extensions that these files belong to.
 */
export function followOtherLanguages(
  connection: Connection,
  support: ClientSupport,
  initialized: Promise<void>,
): void {
  if (!support.dynamicDocuments) return;
  const documentSelector = [
    ...LANGUAGES.map((language) => ({ language })),
    ...['json', 'jsonc'].flatMap((language) =>
      JSON_NAMES.map((name) => ({ language, pattern: `**/*${name}.json` })),
    ),
  ];
  const registrations = BulkRegistration.create();
  // What is open already is told of as soon as this is registered.
  registrations.add(DidOpenTextDocumentNotification.type, { documentSelector });
  registrations.add(DidChangeTextDocumentNotification.type, {
    documentSelector,
    syncKind: TextDocumentSyncKind.Incremental,
  });
  registrations.add(DidCloseTextDocumentNotification.type, { documentSelector });
  registrations.add(HoverRequest.type, { documentSelector });
  registrations.add(CodeLensRequest.type, { documentSelector });
  if (support.codeActions) {
    registrations.add(CodeActionRequest.type, {
      documentSelector,
      codeActionKinds: [...CODE_ACTION_KINDS],
    });
  }
  if (support.pullDiagnostics) {
    registrations.add(DocumentDiagnosticRequest.type, { documentSelector, ...DIAGNOSTIC_OPTIONS });
  }
  initialized
    .then(() => connection.client.register(registrations))
    .catch((error) => connection.console.warn(`Files of other tools are not checked. ${error}`));
}
