import {
  type CancellationToken,
  CancellationTokenSource,
  type Connection,
  type ProgressToken,
} from 'vscode-languageserver';

/** The progress of one simulation, as the client shows it. */
export interface SimulationProgress {
  /** Cancelled when the request is, and when the user cancels the progress itself. */
  readonly token: CancellationToken;
  readonly report: (fraction: number) => void;
  readonly done: () => void;
}

/**
 * Begins to show progress: on the client's token, else on one that the client is asked to create.
 * A client that can do neither sees nothing, and the simulation runs all the same.
 */
export async function openProgress(
  connection: Connection,
  workDoneToken: ProgressToken | undefined,
  request: CancellationToken,
  { title, replications }: { readonly title: string; readonly replications: number },
): Promise<SimulationProgress> {
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
    report(fraction) {
      const replication = Math.min(replications, Math.floor(fraction * replications) + 1);
      const message = `replication ${replication} of ${replications}`;
      reporter.report(Math.round(fraction * 100), message);
    },
    done: () => reporter.done(),
  };
}
