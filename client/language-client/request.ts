import * as vscode from 'vscode';
import {
  type BaseLanguageClient,
  type ProgressToken,
  WorkDoneProgress,
} from 'vscode-languageclient';

export interface LongRequest {
  readonly method: string;
  /** Of the notification that shows how far it is. */
  readonly title: string;
  params(workDoneToken: ProgressToken): object;
  /** Told the share that is done, in [0, 1], and what is being done. */
  readonly onProgress?: (fraction: number, message: string | undefined) => void;
  /** Cancels it too, for whoever no longer waits for it. */
  readonly token?: vscode.CancellationToken;
}

/** Asks the server for something that takes its time, under a notification with a cancel button. */
export async function requestWithProgress<Response>(
  client: BaseLanguageClient,
  { method, onProgress, params, title, token }: LongRequest,
): Promise<Response> {
  const location = vscode.ProgressLocation.Notification;
  return vscode.window.withProgress(
    { location, title, cancellable: true },
    async (progress, cancelled) => {
      const either = new vscode.CancellationTokenSource();
      token?.onCancellationRequested(() => either.cancel());
      cancelled.onCancellationRequested(() => either.cancel());
      const workDoneToken = crypto.randomUUID();
      let shown = 0;
      const listener = client.onProgress(WorkDoneProgress.type, workDoneToken, (step) => {
        if (step.kind === 'end') return;
        const percentage = step.percentage ?? shown;
        progress.report({
          increment: percentage - shown,
          ...(step.message && { message: step.message }),
        });
        onProgress?.(percentage / 100, step.message);
        shown = percentage;
      });
      try {
        return await client.sendRequest<Response>(method, params(workDoneToken), either.token);
      } finally {
        listener.dispose();
      }
    },
  );
}
