import {
  type Analysis,
  type Judging,
  progressText,
  type RunProgress,
  type SimulationChoice,
  type SimulationOutcome,
  simulateInParts,
} from '../core/index.ts';
import {
  type ReplicationTask,
  replicate,
  runYears,
  Signals,
  type YearsTask,
} from '../core/replicate.ts';
import type { Context, Progress } from './context.ts';
import { WorkerPool } from './workers/pool.ts';

/** How often the bar moves. */
const BAR_MS = 100;

/**
 * Simulates configs for a command: in threads, so that the command hears Ctrl-C and shows how far it
 * is. The outcome does not depend on how many threads there are.
 */
export class Simulator {
  readonly #context: Context;
  readonly #workers: number;
  readonly #pool: WorkerPool | undefined;
  #isInterrupted = false;
  #running: Signals | undefined;
  readonly #forget: () => void;

  /** @param workers how many threads at most, from 1; by default as many as there are processors */
  constructor(context: Context, workers: number | undefined) {
    const { threads } = context;
    this.#context = context;
    this.#workers = workers ?? threads?.count ?? 1;
    this.#pool = threads && new WorkerPool(threads.script, this.#workers);
    this.#forget = context.onInterrupt(() => {
      this.#isInterrupted = true;
      this.#running?.stop();
    });
  }

  /** Whether Ctrl-C was pressed: what was simulated then is partial. */
  get isInterrupted(): boolean {
    return this.#isInterrupted;
  }

  async simulate(
    analysis: Analysis,
    judging: Judging,
    choice: SimulationChoice,
  ): Promise<SimulationOutcome> {
    if (this.#isInterrupted) return { kind: 'cancelled' };
    const { file, model, text } = analysis;
    const signals = Signals.forReplications();
    this.#running = signals;
    const job = { text, file, judging, choice, signals: signals.buffer };
    const bar = this.#context.startProgress();
    const durationMs = model.simulation.durationMs.value;
    let gathered = { replications: 0, planned: 1, widest: null as number | null };
    const show = () =>
      showProgress(bar, { ...gathered, simulatedMs: signals.simulatedMs }, durationMs);
    const timer = setInterval(show, BAR_MS);
    try {
      const outcome = await simulateInParts(analysis, choice, {
        atOnce: this.#workers,
        run: (replication) => this.#run({ ...job, replication }),
        runYears: (years, seed) => this.#runYears({ ...job, years, seed }),
        gathered(progress) {
          gathered = progress;
          show();
        },
      });
      return outcome;
    } finally {
      clearInterval(timer);
      bar.stop();
      this.#running = undefined;
    }
  }

  async close(): Promise<void> {
    this.#forget();
    await this.#pool?.close();
  }

  #runYears(task: YearsTask) {
    return this.#pool ? this.#pool.run('years', task) : runYears(task);
  }

  #run(task: ReplicationTask) {
    return this.#pool ? this.#pool.run('replicate', task) : replicate(task);
  }
}

function showProgress(bar: Progress, progress: RunProgress, durationMs: number): void {
  const { planned, simulatedMs } = progress;
  bar.update(Math.min(1, simulatedMs / (planned * durationMs)), progressText(progress));
}
