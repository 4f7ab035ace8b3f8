import * as vscode from 'vscode';
import type { Report } from '../../core/report/report.ts';
import type { SimulationResponse } from '../../server/protocol.ts';
import type { SimulationRun, Simulations } from '../simulate/simulations.ts';
import { type FromPage, isFromPage, type ToPage } from '../webview/protocol.ts';
import { reportPageHtml } from './page.ts';
import { reveal } from './reveal.ts';

export const VIEW_TYPE = 'faultline.report';

/**
 * The report of one config, beside it. VS Code throws a hidden page away; when it comes back it
 * says `ready` and is sent the last report and what has been said since.
 */
export class ReportPanel {
  readonly #panel: vscode.WebviewPanel;
  readonly #simulations: Simulations;
  #run: SimulationRun;
  #opened: ToPage | undefined;
  #report: ToPage | undefined;
  #notice: ToPage | undefined;
  /** Where to go in the report once the page is there; a page that comes back stays where it was. */
  #moment: ToPage | undefined;
  #isReady = false;
  /** Of the run that is under way, if any. */
  #cancellation: vscode.CancellationTokenSource | undefined;
  #isDisposed = false;

  constructor(
    panel: vscode.WebviewPanel,
    extensionUri: vscode.Uri,
    simulations: Simulations,
    run: SimulationRun,
  ) {
    this.#panel = panel;
    this.#simulations = simulations;
    this.#run = run;
    panel.webview.options = panelOptions(extensionUri);
    panel.webview.onDidReceiveMessage((message) => isFromPage(message) && this.#answer(message));
    const edits = vscode.workspace.onDidChangeTextDocument(({ document, contentChanges }) => {
      const isOurs = document.uri.toString() === this.#run.uri.toString();
      if (isOurs && contentChanges.length > 0) this.#outdate();
    });
    panel.onDidDispose(() => {
      edits.dispose();
      this.#isDisposed = true;
      this.#cancellation?.cancel();
    });
    panel.webview.html = reportPageHtml(panel.webview, extensionUri);
  }

  get uri(): vscode.Uri {
    return this.#run.uri;
  }

  get isActive(): boolean {
    return this.#panel.active;
  }

  show(): void {
    this.#panel.reveal(undefined, true);
  }

  /**
   * Simulates and shows how it went, at the moment in which an expectation was first broken if that
   * is asked for. A run that is under way is cancelled: nobody waits for it.
   */
  async simulate(run: SimulationRun, at?: 'violation'): Promise<void> {
    this.#run = run;
    this.#cancellation?.cancel();
    const cancellation = new vscode.CancellationTokenSource();
    this.#cancellation = cancellation;
    const post = (message: ToPage) => {
      if (this.#cancellation === cancellation) this.#post(message);
    };
    post(openMessage(run));
    post({ type: 'running', fraction: 0, message: 'Simulating…' });
    try {
      const onProgress = (fraction: number, message: string | undefined) =>
        post({ type: 'running', fraction, message: message ?? 'Simulating…' });
      const response = await this.#simulations.run(run, onProgress, cancellation.token);
      if (response.kind === 'done' || response.kind === 'partial') {
        post({ type: 'report', report: response.report });
        const atMs = at && firstViolationMs(response.report);
        if (atMs !== undefined) post({ type: 'moment', atMs });
        const document = await vscode.workspace.openTextDocument(run.uri);
        if (document.version !== response.version) this.#outdate();
      } else if (response.kind === 'refused') post(refusal(response, run.uri));
      else post({ type: 'cancelled' });
    } catch (error) {
      post({ type: 'failed', message: error instanceof Error ? error.message : String(error) });
    } finally {
      cancellation.dispose();
    }
  }

  /** While a run is under way its report is still to come, and will be held against the file then. */
  #outdate(): void {
    if (this.#report && this.#notice?.type !== 'running') this.#post({ type: 'stale' });
  }

  #post(message: ToPage): void {
    if (this.#isDisposed) return;
    if (message.type === 'moment') this.#moment = this.#isReady ? undefined : message;
    else if (message.type === 'open') this.#opened = message;
    else if (message.type === 'report') {
      this.#report = message;
      this.#notice = undefined;
    } else this.#notice = message;
    void this.#panel.webview.postMessage(message);
  }

  #answer(message: FromPage): void {
    switch (message.type) {
      case 'ready':
        for (const kept of [this.#opened, this.#report, this.#notice, this.#moment]) {
          if (kept) void this.#panel.webview.postMessage(kept);
        }
        this.#isReady = true;
        this.#moment = undefined;
        break;
      case 'reveal':
        // The page may lead to its own config only.
        if (message.place.file === this.#run.uri.toString()) {
          void reveal(this.#run.uri, message.place, this.#panel.viewColumn);
        }
        break;
      case 'runScenario':
        void this.simulate({ ...this.#run, scenario: message.scenario });
        break;
      case 'rerun':
        void this.simulate(this.#run);
        break;
      case 'cancel':
        this.#cancellation?.cancel();
        break;
    }
  }
}

/** The page draws the first replication, so that is where it has to be. */
function firstViolationMs({ objectives }: Report): number | undefined {
  const times = objectives.flatMap(({ violation }) =>
    violation?.replication === 1 ? violation.atMs : [],
  );
  return times.length > 0 ? Math.min(...times) : undefined;
}

/** Scripts, and files from the page's own folder only. */
export function panelOptions(extensionUri: vscode.Uri): vscode.WebviewOptions {
  return {
    enableScripts: true,
    localResourceRoots: [vscode.Uri.joinPath(extensionUri, 'dist', 'webview')],
  };
}

function openMessage({ uri, scenario }: SimulationRun): ToPage {
  return { type: 'open', file: uri.toString(), ...(scenario !== undefined && { scenario }) };
}

function refusal(
  { message, diagnostics }: Extract<SimulationResponse, { kind: 'refused' }>,
  uri: vscode.Uri,
): ToPage {
  if (diagnostics.length === 0) return { type: 'failed', message };
  const file = uri.toString();
  const problems = diagnostics.map(({ message: text, range: { start, end } }) => {
    return {
      message: typeof text === 'string' ? text : text.value,
      place: { file, start, end },
    };
  });
  return { type: 'failed', message: 'Fix this in the file first:', problems };
}
