/**
 * What the server speaks beyond LSP: the contract with its clients, and the only file of the
 * server that a client may import. Types and one name; nothing here pulls code into a client.
 */
import type { Diagnostic, ProgressToken, TextDocumentIdentifier } from 'vscode-languageserver';
import type { Report } from '../core/index.ts';

/** Request of the client: simulate an open document. Params and result are below. */
export const SIMULATE = 'faultline/simulate';

export interface SimulateParams {
  readonly textDocument: TextDocumentIdentifier;
  /** Name of a scenario of the file; by default its first, if it has any; `null` for none. */
  readonly scenario?: string | null;
  readonly seed?: number;
  readonly replications?: number;
  /** Progress goes to this token; without it the server creates one, if the client can show it. */
  readonly workDoneToken?: ProgressToken;
}

/**
 * How a simulation ended. A cancelled one is an answer and not an error, whichever way it was
 * cancelled (`$/cancelRequest`, or `window/workDoneProgress/cancel`), so that clients need one
 * path for it. Errors are left for what should not happen: the document is not open
 * (`InvalidParams`), or the simulation crashed (`RequestFailed`).
 */
export type SimulationResponse =
  | {
      readonly kind: 'done';
      /** Version of the document that was simulated; compare it before showing places. */
      readonly version: number;
      readonly report: Report;
    }
  | {
      /** The config cannot be simulated as it stands. */
      readonly kind: 'refused';
      readonly diagnostics: readonly Diagnostic[];
      /** The reason in one sentence, for a notification. */
      readonly message: string;
    }
  | { readonly kind: 'cancelled' };

/** What a client may send as `initializationOptions`. */
export interface InitializationOptions {
  /** Base of the rules' pages, `<docsUri>/<ruleId>.md`. */
  readonly docsUri?: string;
}
