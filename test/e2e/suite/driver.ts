/** The suite's side of the bridge: what a person at the screen could do, as functions. */
import * as vscode from 'vscode';
import type { Answer, RequestName, Requests } from '../bridge.ts';

/** Posts text to the driver; gives its answer. How, depends on where the suite runs. */
export type Transport = (body: string) => Promise<string>;
let post: Transport;
export function connectDriver(transport: Transport): void {
  post = transport;
}

/** Writes `test/e2e/screenshots/NAME.png`. */
export const screenshot = (name: string) => ask('screenshot', { name });
/** The visible text of a webview: of its first match for `selector`, the whole body by default. */
export const webviewText = (selector = 'body', title?: string) =>
  ask('text', { place: { webview: title }, selector });
/** The outer HTML of all elements of a webview that match `selector`. */
export const webviewQuery = (selector: string, title?: string) =>
  ask('query', { place: { webview: title }, selector });
/** Clicks in a webview. */
export const webviewClick = (selector: string, title?: string) =>
  ask('click', { place: { webview: title }, selector });
/** The visible text of the editor's own first match for `selector`: a hover, the Problems view. */
export const workbenchText = (selector: string) => ask('text', { place: 'workbench', selector });
/** The outer HTML of all elements of the editor that match `selector`. */
export const workbenchQuery = (selector: string) => ask('query', { place: 'workbench', selector });
/** Clicks in the editor. */
export const workbenchClick = (selector: string) => ask('click', { place: 'workbench', selector });
/** Moves the mouse over a part of the editor. */
export const workbenchHover = (selector: string) => ask('hover', { place: 'workbench', selector });
/** Presses a key or chord: `Enter`, `Control+Space`, `F8`. */
export const press = (keys: string) => ask('press', { keys });
/** Types text into whatever has the focus. */
export const type = (text: string) => ask('type', { text });

/** The last line on its way to the output: lines wait for each other, to stay in order. */
let printed: Promise<unknown> = Promise.resolve();
/** Prints a line; the extension host's console is kept for failures, as VS Code fills it too. */
export function print(line: string): Promise<unknown> {
  printed = printed.then(() => ask('print', { line }));
  return printed;
}

/** Switches to VS Code's own dark or light theme, and returns when the editor shows it. */
export async function useTheme(kind: 'dark' | 'light'): Promise<void> {
  const theme = kind === 'dark' ? 'Default Dark Modern' : 'Default Light Modern';
  await vscode.workspace.getConfiguration('workbench').update('colorTheme', theme, true);
  const selector = kind === 'dark' ? '.monaco-workbench.vs-dark' : '.monaco-workbench.vs';
  await until(`the ${kind} theme shows`, async () => (await workbenchQuery(selector)).length > 0);
}

/** Polls `probe` until it gives a value other than `undefined` or `false`; fails after `limitMs`. */
export async function until<T>(
  what: string,
  probe: () => T | undefined | false | PromiseLike<T | undefined | false>,
  limitMs = 15_000,
): Promise<T> {
  const end = Date.now() + limitMs;
  for (;;) {
    const value = await probe();
    if (value !== undefined && value !== false) {
      return value;
    }
    if (Date.now() > end) {
      throw new Error(`Waited ${limitMs / 1000} s in vain until ${what}.`);
    }
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}

/** Sends one request to the driver. */
async function ask<Name extends RequestName>(
  name: Name,
  args: Requests[Name]['args'],
): Promise<Requests[Name]['result']> {
  const body = await post(JSON.stringify({ name, args }));
  const answer = JSON.parse(body) as Answer;
  if (!answer.ok) {
    throw new Error(`${name}: ${answer.error}`);
  }
  return answer.result as Requests[Name]['result'];
}
