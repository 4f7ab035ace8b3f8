import * as vscode from 'vscode';
import type { SimulationRun, Simulations } from '../simulate/simulations.ts';
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

  /** Simulates a config and shows the report beside it. */
  async simulate(run: SimulationRun): Promise<void> {
    const known = this.#panels.get(run.uri.toString());
    known?.show();
    await this.#run(known ?? this.#open(run), run);
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
    panel.onDidDispose(() => this.#panels.delete(key));
    return report;
  }

  /** A run is repeatable, so what to run is all that has to survive a restart. */
  async #restore(panel: vscode.WebviewPanel, state: unknown): Promise<void> {
    const run = savedRun(state);
    if (run) await this.#run(this.#keep(panel, run), run);
    else panel.dispose();
  }

  async #run(panel: ReportPanel, run: SimulationRun): Promise<void> {
    try {
      await panel.simulate(run);
    } catch (error) {
      const message = error instanceof Error ? error.message : String(error);
      panel.fail(message);
      void vscode.window.showErrorMessage(`Faultline: ${message}`);
    }
  }
}

/** What the page saved with `setState`, if it is that. */
function savedRun(state: unknown): SimulationRun | undefined {
  if (typeof state !== 'object' || state === null) return undefined;
  const { file, scenario, seed } = state as Record<string, unknown>;
  if (typeof file !== 'string') return undefined;
  return {
    uri: vscode.Uri.parse(file),
    ...((typeof scenario === 'string' || scenario === null) && { scenario }),
    ...(typeof seed === 'number' && { seed }),
  };
}
