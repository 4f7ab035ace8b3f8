import {
  type Connection,
  ErrorCodes,
  LSPErrorCodes,
  ResponseError,
  type TextDocumentIdentifier,
} from 'vscode-languageserver';
import type { AnalysedDocument, Documents } from './documents.ts';

/**
 * The open config that a request is about.
 *
 * @param params come from any client, so their types are not certain
 * @param task what cannot be done without it, as in `simulate`
 * @throws ResponseError `InvalidParams` when there is none
 */
export function findDocument(
  documents: Documents,
  params: { readonly textDocument: TextDocumentIdentifier },
  task: string,
): AnalysedDocument {
  const uri = params?.textDocument?.uri;
  if (typeof uri !== 'string') throw invalid(task, 'the request names no document.');
  const document = documents.find(uri);
  if (document?.analysis.format !== undefined) {
    throw invalid(
      task,
      `${uri} is in the format of ${document.analysis.format}, which is checked only.`,
    );
  }
  if (document) return document;
  throw invalid(task, `${uri} is not open in the editor, or it is not a resilience config.`);
}

/**
 * Waits for something that the answer to a request about a document needs.
 *
 * @throws ResponseError `ContentModified` when the document is another one by then: the answer would
 * be about a text that the client has not asked about.
 */
export async function whileUnchanged<T>(
  documents: Documents,
  { uri }: TextDocumentIdentifier,
  needed: Promise<T>,
): Promise<T> {
  const version = documents.versionOf(uri);
  const value = await needed;
  if (documents.versionOf(uri) === version) return value;
  throw new ResponseError(LSPErrorCodes.ContentModified, 'The document has changed meanwhile.');
}

export function invalid(task: string, reason: string): ResponseError {
  return new ResponseError(ErrorCodes.InvalidParams, `Cannot ${task}: ${reason}`);
}

/** What to answer when something broke down: one sentence, and the rest for the log. */
export function brokenDown(connection: Connection, what: string, error: unknown): ResponseError {
  const { message, stack } = error instanceof Error ? error : new Error(String(error));
  connection.console.error(`${what} failed. ${stack ?? message}`);
  return new ResponseError(LSPErrorCodes.RequestFailed, message);
}
