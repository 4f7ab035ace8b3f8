import {
  type Analysis,
  type RunProgress,
  type SimulationOutcome,
  type SimulationPart,
  simulateInParts,
  simulateYears,
} from '../../core/index.ts';
import type { ReplicationTask, Signals } from '../../core/replicate.ts';
import type { SimulationJob } from '../simulator.ts';

/** Other threads that share memory with this one and run replications for it. */
export interface Helpers {
  readonly count: number;
  /**
   * No more than `count` at the same time.
   *
   * @throws what ends a thread
   */
  run(task: ReplicationTask): Promise<SimulationPart>;
}

/** How often it is told how far a simulation is. */
const PROGRESS_MS = 100;

/**
 * Byte by byte what `simulate` gives: the replications run in other threads, the years in this one.
 *
 * @param onProgress told how much is done, in [0, 1]
 */
export async function simulateInThreads(
  analysis: Analysis,
  { file, judging, options: choice, text }: SimulationJob,
  helpers: Helpers,
  signals: Signals,
  onProgress: (fraction: number, progress?: RunProgress) => void,
): Promise<SimulationOutcome> {
  const { durationMs, years: writtenYears } = analysis.model.simulation;
  const hasYears = (choice.years ?? writtenYears?.value) !== undefined;
  const job = { text, file, judging, choice, signals: signals.buffer };
  let gathered: Omit<RunProgress, 'simulatedMs'> = { replications: 0, planned: 1, widest: null };
  const show = () => {
    const { simulatedMs } = signals;
    const done = Math.min(1, simulatedMs / (gathered.planned * durationMs.value));
    onProgress(hasYears ? done / 2 : done, { ...gathered, simulatedMs });
  };
  const timer = setInterval(show, PROGRESS_MS);
  try {
    return await simulateInParts(analysis, choice, {
      atOnce: helpers.count,
      run: (replication) => helpers.run({ ...job, replication }),
      async runYears(years, seed) {
        clearInterval(timer);
        const isStopped = () => signals.isStopped;
        const tell = (done: number) => onProgress((1 + done) / 2);
        return simulateYears(analysis, years, seed, isStopped, tell);
      },
      gathered(progress) {
        gathered = progress;
        show();
      },
    });
  } finally {
    clearInterval(timer);
  }
}
