/**
 * The script of the report page. In the editor's panel it draws what the extension sends; in a
 * report saved as a file everything is drawn already, and it only adds what moves.
 */
import { addTimelineCursor } from './cursor.ts';
import { type Editor, startPanel } from './panel.ts';
import { makeSortable } from './sort.ts';

declare global {
  /** There in a webview only. */
  var acquireVsCodeApi: (() => Editor) | undefined;
}

const app = document.getElementById('app');
if (app && typeof globalThis.acquireVsCodeApi === 'function') {
  startPanel(globalThis.acquireVsCodeApi(), app);
} else {
  makeSortable(document);
  addTimelineCursor(document);
}
