import type { Report } from '../../core/report/report.ts';
import { h, type ViewNode } from '../../core/report/view/node.ts';
import { reportPage } from '../../core/report/view/page.ts';
import { addTimelineCursor, type TimelineCursor } from './cursor.ts';
import { mount } from './mount.ts';
import { listenToPlaces } from './places.ts';
import { type FromPage, isPageState, isToPage, type PageState, type ToPage } from './protocol.ts';
import { makeSortable } from './sort.ts';
import { cancelledView, failedView, runningView, staleView } from './status.ts';

/** What VS Code gives the script of a webview. */
export interface Editor {
  postMessage(message: FromPage): void;
  getState(): unknown;
  setState(state: PageState): void;
}

/**
 * Lets the extension drive the page. The report is not kept here: the extension sends it again when
 * a page says that it is ready, and runs again if it has to, which gives the same bytes.
 */
export function startPanel(editor: Editor, root: HTMLElement): void {
  const document = root.ownerDocument;
  const status = document.createElement('div');
  const content = document.createElement('div');
  status.id = 'status';
  // Progress and endings are told to whoever does not see them.
  status.setAttribute('role', 'status');
  root.append(status, content);

  const draw = (target: HTMLElement, ...nodes: readonly ViewNode[]) =>
    target.replaceChildren(...nodes.map((node) => mount(node, document)));
  let shown: Report | undefined;
  let cursor: TimelineCursor | undefined;

  const showReport = (report: Report) => {
    const scrollY = scrollFor(report, shown, window.scrollY, editor.getState());
    const focused = focusedAction(document);
    shown = report;
    draw(status, h('p', { class: 'spoken' }, `Report: ${report.verdict}`));
    draw(content, reportPage(report, 'panel'));
    makeSortable(content);
    cursor = addTimelineCursor(content);
    focused?.(content);
    window.scrollTo({ top: scrollY, behavior: 'instant' });
    remember();
  };
  const remember = () => {
    if (shown) editor.setState(stateOf(shown, window.scrollY));
  };

  window.addEventListener('message', ({ data }: MessageEvent<unknown>) => {
    if (!isToPage(data)) return;
    if (data.type === 'open') {
      const saved = editor.getState();
      const scrollY = isPageState(saved) && saved.file === data.file ? saved.scrollY : 0;
      const { type: _, ...opened } = data;
      editor.setState({ ...opened, scrollY });
      return;
    }
    if (data.type === 'moment') {
      if (shown) cursor?.showAt(data.atMs / shown.durationMs);
      return;
    }
    content.setAttribute('aria-busy', String(data.type === 'running'));
    if (data.type === 'report') showReport(data.report);
    else {
      const focused = focusedAction(document);
      draw(status, notice(data));
      focused?.(document);
    }
  });
  window.addEventListener('scrollend', remember);
  listenToPlaces(root, (place) => editor.postMessage({ type: 'reveal', place }));
  listenToControls(root, editor, () => shown?.scenarios ?? []);
  editor.postMessage({ type: 'ready' });
}

function notice(message: Exclude<ToPage, { type: 'report' | 'open' | 'moment' }>): ViewNode {
  switch (message.type) {
    case 'running':
      return runningView(message);
    case 'failed':
      return failedView(message);
    case 'cancelled':
      return cancelledView();
    case 'stale':
      return staleView();
  }
}

function listenToControls(
  root: HTMLElement,
  editor: Editor,
  scenarios: () => readonly string[],
): void {
  root.addEventListener('click', ({ target }) => {
    if (!(target instanceof Element)) return;
    for (const type of ['rerun', 'cancel'] as const) {
      if (target.closest(`[data-action="${type}"]`)) editor.postMessage({ type });
    }
  });
  root.addEventListener('change', ({ target }) => {
    if (!(target instanceof HTMLSelectElement) || target.dataset.action !== 'run-scenario') return;
    const scenario = scenarios()[Number(target.value)] ?? null;
    editor.postMessage({ type: 'runScenario', scenario });
  });
}

/** Drawing anew loses the focus; this finds the same control again. */
function focusedAction({ activeElement }: Document): ((root: ParentNode) => void) | undefined {
  const action = activeElement instanceof HTMLElement && activeElement.dataset.action;
  if (!action) return undefined;
  return (root) => {
    root
      .querySelector<HTMLElement>(`[data-action="${CSS.escape(action)}"]`)
      ?.focus({ preventScroll: true });
  };
}

function stateOf({ file, scenario }: Report, scrollY: number): PageState {
  return { file, scenario: scenario?.name ?? null, scrollY };
}

/** Another run of the same file stays where the reader is; a restored page goes back there. */
function scrollFor(
  report: Report,
  shown: Report | undefined,
  scrollY: number,
  saved: unknown,
): number {
  if (shown) return shown.file === report.file ? scrollY : 0;
  return isPageState(saved) && saved.file === report.file ? saved.scrollY : 0;
}
