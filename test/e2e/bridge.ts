/**
 * What the suite, inside VS Code's extension host, may ask of the driver, which holds the page
 * that shows the editor. The API of VS Code sees no pixels, no webview contents and no keyboard:
 * these requests stand in for a person who does.
 *
 * The transport is a JSON POST to a loopback address, which a file beside the bundled suite gives.
 */

/** The name of the file, beside the bundled suite, whose text is the driver's address. */
export const BRIDGE_FILE = 'bridge.txt';

/** How long the driver waits for an element to appear before it gives up. */
export const ELEMENT_LIMIT_MS = 15_000;

/** Where a selector is looked up: in the editor around everything, or inside a webview. */
export type Place =
  | 'workbench'
  /** The only visible webview, or the one whose tab has this title. */
  | { readonly webview: string | undefined };

/** What each request takes and gives. */
export interface Requests {
  /** Writes `screenshots/NAME.png`; gives its full path. */
  screenshot: { args: { name: string }; result: string };
  /** The text that a person sees in the first match, once there is one. */
  text: { args: { place: Place; selector: string }; result: string };
  /** The outer HTML of all matches right now, none included. */
  query: { args: { place: Place; selector: string }; result: string[] };
  /** Clicks the first match, once it is visible and enabled. */
  click: { args: { place: Place; selector: string }; result: null };
  /** Moves the mouse over the first match. */
  hover: { args: { place: Place; selector: string }; result: null };
  /** Presses a key or chord, in Playwright's names: `Enter`, `Control+Shift+P`, `F8`. */
  press: { args: { keys: string }; result: null };
  /** Writes a line to the output of the run. */
  print: { args: { line: string }; result: null };
  /** Types text with the keyboard, into whatever has the focus. */
  type: { args: { text: string }; result: null };
}

/** The name of a request. */
export type RequestName = keyof Requests;

/** A request as it is sent. */
export type Envelope = {
  [Name in RequestName]: { name: Name; args: Requests[Name]['args'] };
}[RequestName];

/** The driver's answer to a request. */
export type Answer = { ok: true; result: unknown } | { ok: false; error: string };
