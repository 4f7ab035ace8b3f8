import * as vscode from 'vscode';
import type { SimulationRun, Simulations } from '../simulate/simulations.ts';
import { isPageState } from '../webview/protocol.ts';
import { panelOptions, ReportPanel, VIEW_TYPE } from './panel.ts';

/** The report panels, one for each config; VS Code brings them back after a restart. */
export class ReportPanels implements vscode.Disposable {
  readonly #extensionUri: vscode.Uri;
  readonly #simulations: Simulations;
  readonly #panels = new Map<string, ReportPanel>();
  readonly #serializer: vscode.Disposable;

  constructor(extensionUri: vscode.Uri, simulations: Simulations) {
    this.#extensionUri = extensionUri;
    this.#simulations = simulations;
    this.#serializer = vscode.window.registerWebviewPanelSerializer(VIEW_TYPE, {
      deserializeWebviewPanel: (panel, state) => this.#restore(panel, state),
    });
  }

  /** Simulates a config and shows the report beside it, where it is asked for at a moment. */
  async simulate(run: SimulationRun, at?: 'violation'): Promise<void> {
    const known = this.#panels.get(run.uri.toString());
    known?.show();
    await (known ?? this.#open(run)).simulate(run, at);
  }

  /** The config of the report that has the focus, if one has. */
  get activeConfig(): vscode.Uri | undefined {
    return [...this.#panels.values()].find(({ isActive }) => isActive)?.uri;
  }

  dispose(): void {
    this.#serializer.dispose();
  }

  #open(run: SimulationRun): ReportPanel {
    const panel = vscode.window.createWebviewPanel(
      VIEW_TYPE,
      `Report: ${vscode.workspace.asRelativePath(run.uri)}`,
      { viewColumn: vscode.ViewColumn.Beside, preserveFocus: true },
      panelOptions(this.#extensionUri),
    );
    return this.#keep(panel, run);
  }

  #keep(panel: vscode.WebviewPanel, run: SimulationRun): ReportPanel {
    const key = run.uri.toString();
    const report = new ReportPanel(panel, this.#extensionUri, this.#simulations, run);
    this.#panels.set(key, report);
    panel.onDidDispose(() => {
      if (this.#panels.get(key) === report) this.#panels.delete(key);
    });
    return report;
  }

  /** A run is repeatable, so what to run is all that has to survive a restart. */
  async #restore(panel: vscode.WebviewPanel, state: unknown): Promise<void> {
    const run = savedRun(state);
    // Hidden panels come back when they are shown, and a newer one may be there by then.
    if (run && !this.#panels.has(run.uri.toString())) await this.#keep(panel, run).simulate(run);
    else panel.dispose();
  }
}

/** What the page saved, if it is that. */
function savedRun(state: unknown): SimulationRun | undefined {
  if (!isPageState(state)) return undefined;
  const { file, scenario } = state;
  return { uri: vscode.Uri.parse(file), ...(scenario !== undefined && { scenario }) };
}
