/**
 * What the server speaks beyond LSP: the contract with its clients, and the only file of the
 * server that a client may import. Types and names; nothing here pulls code into a client.
 */
import type {
  Diagnostic,
  Location,
  Position,
  ProgressToken,
  Range,
  TextDocumentIdentifier,
  TextEdit,
} from 'vscode-languageserver';
import type { ObjectiveName, Report } from '../core/index.ts';

/** Request of the client: simulate an open document. Params and result are below. */
export const SIMULATE = 'faultline/simulate';

export interface SimulateParams {
  readonly textDocument: TextDocumentIdentifier;
  /** Name of a scenario of the file; by default its first, if it has any; `null` for none. */
  readonly scenario?: string | null;
  readonly seed?: number;
  readonly replications?: number;
  /** Half-width of the intervals, as a share of their means, until which the run goes on. */
  readonly precision?: number;
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
      /** `partial`: it was cancelled, and the report tells how much was there by then. */
      readonly kind: 'done' | 'partial';
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

/** Request of the client, with the open document: its scenarios, in the order of the file. */
export const SCENARIOS = 'faultline/scenarios';

export interface ScenarioItem {
  readonly name: string;
  /** Of the name. */
  readonly range: Range;
  /** How many expectations it has; without any there is nothing to test. */
  readonly expectations: number;
}

/**
 * Command that a client may have: simulates a config and shows the report. Its arguments are these;
 * a scenario of `null` means none.
 */
export const RUN_COMMAND = 'faultline.runScenario';
export type RunCommandArguments = readonly [uri: string, scenario: string | null];

/** Command that a client may have: shows where a part is used. Its arguments are these. */
export const SHOW_USES_COMMAND = 'faultline.showUses';
export type ShowUsesCommandArguments = readonly [
  uri: string,
  position: Position,
  uses: readonly Location[],
];

/** Request of the client: find the cheapest change with which an open config meets an objective. */
export const REACH = 'faultline/reach';

/** Command that a client may have: shows what `faultline/reach` proposes. Its arguments are these. */
export const REACH_COMMAND = 'faultline.reachObjective';
export type ReachCommandArguments = readonly [uri: string, objective: ObjectiveName];

export interface ReachParams {
  readonly textDocument: TextDocumentIdentifier;
  /** By default the first objective of the file that is missed. */
  readonly objective?: ObjectiveName;
  /** As of a simulation. */
  readonly workDoneToken?: ProgressToken;
}

/** How the search ended. Errors and cancelling are as with a simulation. */
export type ReachResponse =
  | {
      readonly kind: 'reached';
      /** Version of the document that the edits are for. */
      readonly version: number;
      /** What comes of it, in one sentence. */
      readonly message: string;
      /** What is to be done, in the imperative. */
      readonly titles: readonly string[];
      /** What simulations say of it, a sentence each. */
      readonly simulated: readonly string[];
      readonly edits: readonly TextEdit[];
      /** The whole document after the edits, to show beside the one before. */
      readonly newText: string;
    }
  /** Nothing is proposed: the objective is met, out of reach, or cannot be judged. Says which. */
  | { readonly kind: 'nothing'; readonly message: string }
  | { readonly kind: 'cancelled' };

/** Request of the client: find the load from which an open config stays down after its faults. */
export const COMEBACK = 'faultline/comeback';

export interface ComebackParams {
  readonly textDocument: TextDocumentIdentifier;
  /** Whose faults; by default the first scenario that has any. */
  readonly scenario?: string;
  /** As of a simulation. */
  readonly workDoneToken?: ProgressToken;
}

/** How the search ended. Errors and cancelling are as with a simulation. */
export type ComebackResponse =
  | {
      readonly kind: 'found';
      /** What comes of it, in one sentence. */
      readonly message: string;
      /** The loads that were tried and the changes that help, as a page in Markdown. */
      readonly page: string;
    }
  /** The config cannot be simulated as it stands, or has no fault to come back from. Says why. */
  | { readonly kind: 'nothing'; readonly message: string }
  | { readonly kind: 'cancelled' };

/** Request of the server: read a file, for a client that has said that it `readsFiles`. */
export const READ_FILE = 'faultline/readFile';
export interface ReadFileParams {
  readonly uri: string;
}
export interface ReadFile {
  /** `null` where there is no such file, or one that is no text of a config. */
  readonly text: string | null;
}

/** Request of the server: find the YAML and JSON files below an open folder. */
export const FIND_FILES = 'faultline/findFiles';
export interface FindFilesParams {
  readonly folder: string;
}
export interface FoundFiles {
  readonly uris: readonly string[];
}

/**
 * Command that a client may have: opens a new config with a text, not saved anywhere, and simulates it
 * if asked to. Its arguments are these.
 */
export const OPEN_CONFIG_COMMAND = 'faultline.openConfig';
export type OpenConfigCommandArguments = readonly [text: string, isToBeSimulated: boolean];

/** Command that a client may have: converts an open file of another tool. Its arguments are these. */
export const CONVERT_COMMAND = 'faultline.convert';
export type ConvertCommandArguments = readonly [uri: string, isToBeSimulated: boolean];

/** Request of the client: write what an open file of another tool says as a resilience config. */
export const CONVERT = 'faultline/convert';

export interface ConvertParams {
  readonly textDocument: TextDocumentIdentifier;
  /** With traffic that is assumed, and said to be. */
  readonly isToBeSimulated?: boolean;
}

export type ConvertResponse =
  | { readonly kind: 'converted'; readonly text: string }
  /** The document says nothing that could be converted. Says why. */
  | { readonly kind: 'nothing'; readonly message: string };

/** What a client may send as `initializationOptions`. */
export interface InitializationOptions {
  /**
   * It answers `faultline/readFile` and `faultline/findFiles`, and tells of changed files: the server asks
   * it for what is not on the server's own disk.
   */
  readonly readsFiles?: boolean;
  /** Base of the rules' pages, `<docsUri>/<ruleId>.md`. */
  readonly docsUri?: string;
  /** Commands of this file that the client has, for code actions and lenses that call them. */
  readonly commands?: readonly string[];
}
