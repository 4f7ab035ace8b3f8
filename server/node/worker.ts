/** The thread in which simulations run. Whatever it throws ends it; the next job gets a new one. */
import { parentPort } from 'node:worker_threads';
import { analyse } from '../../core/analyse.ts';
import { comebackLimit } from '../../core/comeback-limit.ts';
import { findObjective, type RunProgress } from '../../core/index.ts';
import { reachObjective } from '../../core/reach-objective.ts';
import { simulate } from '../../core/simulate.ts';
import type { WorkerMessage, WorkerOutcome, WorkerRequest } from './messages.ts';

parentPort?.on('message', (request: WorkerRequest) => {
  send({ kind: 'outcome', outcome: work(request) });
});

function work(request: WorkerRequest): WorkerOutcome {
  const { cancelled, file, judging, text } = request;
  const flag = new Int32Array(cancelled);
  const listeners = {
    isCancelled: () => Atomics.load(flag, 0) !== 0,
    onProgress: (fraction: number, progress?: RunProgress) =>
      send({ kind: 'progress', fraction, ...(progress && { progress }) }),
  };
  const analyseText = (some: string) => analyse(some, file, judging);
  const analysis = analyseText(text);
  if (request.task === 'simulate') return simulate(analysis, { ...request.options, ...listeners });
  if (request.task === 'comeback') {
    return comebackLimit(analysis, { ...request.options, ...listeners });
  }
  const objective = findObjective(analysis.model, request.objective);
  if (!objective) throw new RangeError('The config has no such objective.');
  return reachObjective(analysis, objective, { ...listeners, analyseAgain: analyseText });
}

function send(message: WorkerMessage): void {
  parentPort?.postMessage(message);
}
