import * as vscode from 'vscode';
import type { BaseLanguageClient } from 'vscode-languageclient';
import { SIMULATE, type SimulateParams, type SimulationResponse } from '../../server/protocol.ts';
import { requestWithProgress } from '../language-client/request.ts';

/** What to simulate: the same run always gives the same report. */
export interface SimulationRun {
  readonly uri: vscode.Uri;
  /** `null` for none; absent for the file's first. */
  readonly scenario?: string | null;
}

/** Asks the server for simulations and shows how far they are. */
export class Simulations {
  readonly #client: BaseLanguageClient;

  constructor(client: BaseLanguageClient) {
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
    const params = await this.#params(run);
    return requestWithProgress(this.#client, {
      method: SIMULATE,
      title: `Simulating ${vscode.workspace.asRelativePath(run.uri)}`,
      params: (workDoneToken): SimulateParams => ({ ...params, workDoneToken }),
      onProgress,
      token,
    });
  }

  /** Runs a simulation for whoever shows by other means that it is under way. */
  async runQuietly(
    run: SimulationRun,
    token: vscode.CancellationToken,
  ): Promise<SimulationResponse> {
    // Without a token the server would ask for a progress bar of its own.
    const params = { ...(await this.#params(run)), workDoneToken: crypto.randomUUID() };
    return this.#client.sendRequest<SimulationResponse>(SIMULATE, params, token);
  }

  async #params({ scenario, uri }: SimulationRun): Promise<SimulateParams> {
    // The server reads open documents only; opening one here does not show it.
    const document = await vscode.workspace.openTextDocument(uri);
    return {
      textDocument: this.#client.code2ProtocolConverter.asTextDocumentIdentifier(document),
      ...(scenario !== undefined && { scenario }),
    };
  }
}
