import * as vscode from 'vscode';
import type { SimulationResponse } from '../../server/protocol.ts';
import type { SimulationRun, Simulations } from '../simulate/simulations.ts';
import { isPageMessage, type PageMessage, type PanelMessage } from '../webview/protocol.ts';
import { reportPageHtml } from './page.ts';
import { reveal } from './reveal.ts';

export const VIEW_TYPE = 'faultline.report';

/**
 * The report of one config, beside it. The panel keeps the last message only: a page that was
 * hidden and comes back says `ready` and is sent it again.
 */
export class ReportPanel {
  readonly #panel: vscode.WebviewPanel;
  readonly #simulations: Simulations;
  #run: SimulationRun;
  #shown: PanelMessage | undefined;
  /** Shown again when a later run is cancelled. */
  #lastReport: PanelMessage | undefined;
  #ready = false;

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
    panel.webview.onDidReceiveMessage((message) => this.#receive(message));
    panel.webview.html = reportPageHtml(panel.webview, extensionUri);
  }

  show(): void {
    this.#panel.reveal(undefined, true);
  }

  /** Simulates and shows how it went; a run that another one has overtaken shows nothing. */
  async simulate(run: SimulationRun): Promise<void> {
    this.#run = run;
    const post = (message: PanelMessage) => {
      if (this.#run === run) this.#post(message);
    };
    post({ type: 'running', fraction: 0 });
    const response = await this.#simulations.run(run, (fraction) => {
      post({ type: 'running', fraction });
    });
    if (response.kind === 'done') post({ type: 'report', report: response.report });
    else if (response.kind === 'cancelled') post(this.#lastReport ?? { type: 'cancelled' });
    else if (this.#run === run) this.#refused(response, run);
  }

  /** Tells what went wrong, here and in the panel. */
  fail(message: string): void {
    this.#post({ type: 'failed', message });
  }

  #refused(response: Extract<SimulationResponse, { kind: 'refused' }>, run: SimulationRun): void {
    this.fail(response.message);
    const [first] = response.diagnostics;
    if (!first) return;
    const { start, end } = first.range;
    void vscode.window
      .showErrorMessage(response.message, 'Go to Problem')
      .then((choice) => choice && reveal(run.uri, start, end));
  }

  #post(message: PanelMessage): void {
    this.#shown = message;
    if (message.type === 'report') this.#lastReport = message;
    if (this.#ready) void this.#panel.webview.postMessage(message);
  }

  async #receive(message: unknown): Promise<void> {
    if (!isPageMessage(message)) return;
    await this.#answer(message);
  }

  async #answer(message: PageMessage): Promise<void> {
    switch (message.type) {
      case 'ready':
        this.#ready = true;
        if (this.#shown) void this.#panel.webview.postMessage(this.#shown);
        break;
      case 'reveal':
        // The page may lead to its own config only.
        if (message.place.file === this.#run.uri.toString()) {
          await reveal(this.#run.uri, message.place.start, message.place.end);
        }
        break;
      case 'runScenario':
        await this.simulate({ ...this.#run, scenario: message.scenario });
        break;
      case 'rerun':
        await this.simulate(this.#run);
        break;
    }
  }
}

/** Scripts, and files from the page's own folder only. */
export function panelOptions(extensionUri: vscode.Uri): vscode.WebviewOptions {
  return {
    enableScripts: true,
    localResourceRoots: [vscode.Uri.joinPath(extensionUri, 'dist', 'webview')],
  };
}
