import {
  type CancellationToken,
  CancellationTokenSource,
  type Connection,
  type ProgressToken,
} from 'vscode-languageserver';
import type { RunProgress } from '../core/index.ts';

/** The progress of something that takes its time, as the client shows it. */
export interface Progress {
  /** Cancelled when the request is, and when the user cancels the progress itself. */
  readonly token: CancellationToken;
  readonly report: (fraction: number, progress?: RunProgress) => void;
  readonly done: () => void;
}

/**
 * Begins to show progress: on the client's token, else on one that the client is asked to create.
 * A client that can do neither sees nothing, and the work is done all the same.
 */
export async function openProgress(
  connection: Connection,
  workDoneToken: ProgressToken | undefined,
  request: CancellationToken,
  {
    title,
    stepAt,
  }: {
    readonly title: string;
    readonly stepAt: (fraction: number, progress?: RunProgress) => string;
  },
): Promise<Progress> {
  const { window } = connection;
  const cancellation = new CancellationTokenSource();
  const cancel = (): void => cancellation.cancel();
  request.onCancellationRequested(cancel);

  const silent = window.attachWorkDoneProgress(undefined);
  let reporter = silent;
  if (workDoneToken !== undefined) reporter = window.attachWorkDoneProgress(workDoneToken);
  else {
    const created = await window.createWorkDoneProgress().catch(() => undefined);
    created?.token.onCancellationRequested(cancel);
    reporter = created ?? silent;
  }

  reporter.begin(title, 0, undefined, true);
  return {
    token: cancellation.token,
    report(fraction, progress) {
      reporter.report(Math.round(fraction * 100), stepAt(fraction, progress));
    },
    done: () => reporter.done(),
  };
}
