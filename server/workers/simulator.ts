import type { CancellationToken } from 'vscode-languageserver';
import type {
  ComebackOutcome,
  ReachOutcome,
  RunProgress,
  SimulationOutcome,
} from '../../core/index.ts';
import { Signals } from '../../core/replicate.ts';
import type { ComebackJob, ReachJob, SimulationJob, Simulator } from '../simulator.ts';
import { CANCEL, type WorkerMessage, type WorkerOutcome, type WorkerRequest } from './messages.ts';

/** How long a cancelled job may take to notice before its thread is ended. */
const GRACE_MS = 1000;

/** Another thread, in which `work.ts` listens. */
export interface WorkerThread {
  post(message: WorkerRequest | typeof CANCEL): void;
  /** At once, whatever it does. */
  end(): void;
}

export interface ThreadListeners {
  readonly onMessage: (message: WorkerMessage) => void;
  /** It failed or ended. May be told twice, and of a thread that was asked to end. */
  readonly onDeath: (cause?: Error) => void;
}

/** Starts a thread of the place that the server runs in. */
export type StartThread = (listeners: ThreadListeners) => WorkerThread;

/**
 * Runs simulations and searches in one worker thread, one after another in the order they were asked
 * for: a second one at the same time would only slow down the first. The thread starts with the first job
 * and is kept; one that died is replaced when the next job comes.
 */
export class WorkerSimulator implements Simulator {
  readonly #startThread: StartThread;
  #worker: WorkerThread | undefined;
  #running: RunningJob | undefined;
  #last: Promise<unknown> = Promise.resolve();
  #disposed = false;

  constructor(startThread: StartThread) {
    this.#startThread = startThread;
  }

  run(
    job: SimulationJob,
    onProgress: (fraction: number, progress?: RunProgress) => void,
    token: CancellationToken,
  ): Promise<SimulationOutcome> {
    return this.#queue({ task: 'simulate', ...job }, onProgress, token);
  }

  reach(
    job: ReachJob,
    onProgress: (fraction: number, progress?: RunProgress) => void,
    token: CancellationToken,
  ): Promise<ReachOutcome> {
    return this.#queue({ task: 'reach', ...job }, onProgress, token);
  }

  comeback(
    job: ComebackJob,
    onProgress: (fraction: number, progress?: RunProgress) => void,
    token: CancellationToken,
  ): Promise<ComebackOutcome> {
    return this.#queue({ task: 'comeback', ...job }, onProgress, token);
  }

  /** @throws when the worker breaks down */
  #queue<Outcome extends WorkerOutcome>(
    job: Job,
    onProgress: (fraction: number, progress?: RunProgress) => void,
    token: CancellationToken,
  ): Promise<Outcome | Cancelled> {
    // A job that is cancelled while it waits is answered at once; one that runs tells what it has.
    let hasBegun = false;
    const cancelled = new Promise<Cancelled>((resolve) => {
      token.onCancellationRequested(() => {
        if (!hasBegun) resolve({ kind: 'cancelled' });
      });
    });
    const turn = this.#last.then(() => {
      if (this.#disposed) return { kind: 'cancelled' } as const;
      if (token.isCancellationRequested) return cancelled;
      hasBegun = true;
      return this.#work<Outcome>(job, onProgress, token);
    });
    this.#last = turn.catch(() => {});
    return Promise.race([turn, cancelled]);
  }

  /** Gives up what runs, what waits and whatever is still asked for: no thread starts any more. */
  dispose(): void {
    this.#disposed = true;
    this.#end({ kind: 'cancelled' });
  }

  async #work<Outcome extends WorkerOutcome>(
    job: Job,
    onProgress: (fraction: number, progress?: RunProgress) => void,
    token: CancellationToken,
  ): Promise<Outcome | Cancelled> {
    this.#worker ??= this.#start();
    const worker = this.#worker;
    const signals = Signals.shared();
    let grace: ReturnType<typeof setTimeout> | undefined;
    const cancelling = token.onCancellationRequested(() => {
      if (signals) signals.stop();
      else worker.post(CANCEL);
      grace = setTimeout(() => this.#end({ kind: 'cancelled' }), GRACE_MS);
    });
    try {
      return await new Promise<Outcome | Cancelled>((resolve, reject) => {
        this.#running = {
          onProgress(fraction, progress) {
            if (!token.isCancellationRequested) onProgress(fraction, progress);
          },
          // The worker answers each task with an outcome of its own kind.
          resolve: (outcome) => resolve(outcome as Outcome | Cancelled),
          reject,
        };
        worker.post({ ...job, ...(signals && { signals: signals.buffer }) });
      });
    } finally {
      this.#running = undefined;
      clearTimeout(grace);
      cancelling.dispose();
    }
  }

  #start(): WorkerThread {
    const worker = this.#startThread({
      onMessage: (message) => {
        // What an ended worker still had to say belongs to no job.
        if (this.#worker !== worker) return;
        if (message.kind === 'progress') {
          this.#running?.onProgress(message.fraction, message.progress);
        } else this.#running?.resolve(message.outcome);
      },
      onDeath: (cause) => this.#died(worker, cause),
    });
    return worker;
  }

  /** A worker that failed tells so twice, and one that was ended tells too; only news counts. */
  #died(worker: WorkerThread, cause?: Error): void {
    if (this.#worker !== worker) return;
    this.#worker = undefined;
    const reason = cause ? `: ${cause.message}` : '';
    const message = `The simulation stopped unexpectedly${reason}. The next one starts afresh.`;
    this.#running?.reject(new Error(message, { cause }));
  }

  #end(outcome: Cancelled): void {
    const worker = this.#worker;
    this.#worker = undefined;
    worker?.end();
    this.#running?.resolve(outcome);
  }
}

type Cancelled = { readonly kind: 'cancelled' };

/** A request without the signals that cancel it. */
type Job =
  | ({ readonly task: 'simulate' } & SimulationJob)
  | ({ readonly task: 'reach' } & ReachJob)
  | ({ readonly task: 'comeback' } & ComebackJob);

/** Who waits for the worker. */
interface RunningJob {
  readonly onProgress: (fraction: number, progress?: RunProgress) => void;
  readonly resolve: (outcome: WorkerOutcome) => void;
  readonly reject: (error: Error) => void;
}
