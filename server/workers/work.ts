/** What runs in the other thread. Whatever it throws ends the thread; the next job gets a new one. */
import { analyse } from '../../core/analyse.ts';
import { comebackLimit } from '../../core/comeback-limit.ts';
import {
  type Analysis,
  findObjective,
  type RunProgress,
  simulateInParts,
  simulatePart,
  simulateYears,
} from '../../core/index.ts';
import { reachObjective } from '../../core/reach-objective.ts';
import { Signals } from '../../core/replicate.ts';
import { simulate } from '../../core/simulate.ts';
import type { SimulationJob } from '../simulator.ts';
import { type Helpers, simulateInThreads } from './in-threads.ts';
import { CANCEL, type WorkerMessage, type WorkerOutcome, type WorkerRequest } from './messages.ts';

/** This thread's end of the line to the server. */
export interface Port {
  listen(onMessage: (message: WorkerRequest | typeof CANCEL) => void): void;
  send(message: WorkerMessage): void;
  /** Settles when the messages that have come by now have been heard. */
  breathe(): Promise<void>;
  /** Ends this thread, for nobody else would see that a promise was rejected. */
  fail(error: unknown): void;
  /** Where there are other threads, and memory to share with them. */
  readonly helpers?: Helpers;
}

export function serveWork(port: Port): void {
  let isCancelled = false;
  port.listen((message) => {
    if (message === CANCEL) {
      isCancelled = true;
      return;
    }
    isCancelled = false;
    const signals = message.signals && new Signals(message.signals);
    const listeners: Listeners = {
      isCancelled: signals ? () => signals.isStopped : () => isCancelled,
      onProgress: (fraction, progress) =>
        port.send({ kind: 'progress', fraction, ...(progress && { progress }) }),
    };
    const outcome =
      message.task === 'simulate' && !signals
        ? simulateInTurns(message, listeners, port.breathe)
        : Promise.resolve(message).then((request) =>
            work(request, listeners, signals && port.helpers, signals),
          );
    outcome.then((done) => port.send({ kind: 'outcome', outcome: done })).catch(port.fail);
  });
}

interface Listeners {
  readonly isCancelled: () => boolean;
  readonly onProgress: (fraction: number, progress?: RunProgress) => void;
}

function work(
  request: WorkerRequest,
  listeners: Listeners,
  helpers: Helpers | undefined,
  signals: Signals | undefined,
): WorkerOutcome | Promise<WorkerOutcome> {
  const { file, judging, text } = request;
  const analyseText = (some: string) => analyse(some, file, judging);
  const analysis = analyseText(text);
  if (request.task === 'simulate') {
    return helpers && signals && helpers.count > 1 && hasSeveral(analysis, request)
      ? simulateInThreads(analysis, request, helpers, signals, listeners.onProgress)
      : simulate(analysis, { ...request.options, ...listeners });
  }
  if (request.task === 'comeback') {
    return comebackLimit(analysis, { ...request.options, ...listeners });
  }
  const objective = findObjective(analysis.model, request.objective);
  if (!objective) throw new RangeError('The config has no such objective.');
  return reachObjective(analysis, objective, { ...listeners, analyseAgain: analyseText });
}

/** Whether there is more than one replication to run. */
function hasSeveral({ model }: Analysis, { options }: SimulationJob): boolean {
  const { precision, replications } = model.simulation;
  const isUntilPrecise = (options.precision ?? precision) !== undefined;
  return isUntilPrecise || (options.replications ?? replications.value) > 1;
}

/**
 * As `simulate`, byte by byte, with a breath before each replication: a thread without shared memory hears
 * only then that it is to stop.
 */
async function simulateInTurns(
  { file, judging, options, text }: SimulationJob,
  { isCancelled, onProgress }: Listeners,
  breathe: () => Promise<void>,
): Promise<WorkerOutcome> {
  const analysis = analyse(text, file, judging);
  let simulatedMs = 0;
  return simulateInParts(analysis, options, {
    atOnce: 1,
    async run(replication) {
      await breathe();
      if (isCancelled()) return { kind: 'cancelled' };
      const part = simulatePart(analysis, options, replication, () => true);
      if (part.kind === 'done') simulatedMs += part.summary.durationMs;
      return part;
    },
    gathered(progress) {
      onProgress(progress.replications / progress.planned, { ...progress, simulatedMs });
    },
    async runYears(years, seed) {
      await breathe();
      return simulateYears(analysis, years, seed, isCancelled);
    },
  });
}
