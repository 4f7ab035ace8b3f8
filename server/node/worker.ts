/** The thread in which simulations run. Whatever it throws ends it; the next job gets a new one. */
import { parentPort } from 'node:worker_threads';
import { analyse } from '../../core/analyse.ts';
import { simulate } from '../../core/simulate.ts';
import type { WorkerMessage, WorkerRequest } from './messages.ts';

parentPort?.on('message', ({ text, file, judging, options, cancelled }: WorkerRequest) => {
  const flag = new Int32Array(cancelled);
  const outcome = simulate(analyse(text, file, judging), {
    ...options,
    isCancelled: () => Atomics.load(flag, 0) !== 0,
    onProgress: (fraction) => send({ kind: 'progress', fraction }),
  });
  send({ kind: 'outcome', outcome });
});

function send(message: WorkerMessage): void {
  parentPort?.postMessage(message);
}
