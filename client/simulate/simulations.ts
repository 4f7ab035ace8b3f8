import * as vscode from 'vscode';
import { type LanguageClient, WorkDoneProgress } from 'vscode-languageclient/node';
import { SIMULATE, type SimulateParams, type SimulationResponse } from '../../server/protocol.ts';

/** What to simulate: the same run always gives the same report. */
export interface SimulationRun {
  readonly uri: vscode.Uri;
  /** `null` for none; absent for the file's first. */
  readonly scenario?: string | null;
}

/** Asks the server for simulations and shows how far they are. */
export class Simulations {
  readonly #client: LanguageClient;

  constructor(client: LanguageClient) {
    this.#client = client;
  }

  /**
   * Runs a simulation under a progress notification with a cancel button.
   *
   * @param token cancels it too, for whoever no longer waits for it
   * @param onProgress told the share that is done, in [0, 1], and what is being done
   */
  async run(
    run: SimulationRun,
    onProgress: (fraction: number, message: string | undefined) => void,
    token: vscode.CancellationToken,
  ): Promise<SimulationResponse> {
    // The server reads open documents only; opening one here does not show it.
    const document = await vscode.workspace.openTextDocument(run.uri);
    const name = vscode.workspace.asRelativePath(document.uri);
    return vscode.window.withProgress(
      {
        location: vscode.ProgressLocation.Notification,
        title: `Simulating ${name}`,
        cancellable: true,
      },
      (progress, cancelled) => {
        const either = new vscode.CancellationTokenSource();
        token.onCancellationRequested(() => either.cancel());
        cancelled.onCancellationRequested(() => either.cancel());
        return this.#send(run, document, progress, onProgress, either.token);
      },
    );
  }

  async #send(
    { scenario }: SimulationRun,
    document: vscode.TextDocument,
    progress: vscode.Progress<{ message?: string; increment?: number }>,
    onProgress: (fraction: number, message: string | undefined) => void,
    cancelled: vscode.CancellationToken,
  ): Promise<SimulationResponse> {
    const workDoneToken = crypto.randomUUID();
    let shown = 0;
    const listener = this.#client.onProgress(WorkDoneProgress.type, workDoneToken, (step) => {
      if (step.kind === 'end') return;
      const percentage = step.percentage ?? shown;
      progress.report({
        increment: percentage - shown,
        ...(step.message && { message: step.message }),
      });
      onProgress(percentage / 100, step.message);
      shown = percentage;
    });
    try {
      const params: SimulateParams = {
        textDocument: this.#client.code2ProtocolConverter.asTextDocumentIdentifier(document),
        workDoneToken,
        ...(scenario !== undefined && { scenario }),
      };
      return await this.#client.sendRequest<SimulationResponse>(SIMULATE, params, cancelled);
    } finally {
      listener.dispose();
    }
  }
}
