/** The thread in which simulations run. Whatever it throws ends it; the next job gets a new one. */
import { parentPort } from 'node:worker_threads';
import { analyse } from '../../core/analyse.ts';
import { simulate } from '../../core/simulate.ts';
import type { WorkerMessage, WorkerRequest } from './messages.ts';

/** More often than an eye can follow would only fill the pipe to the client. */
const PROGRESS_INTERVAL_MS = 50;

parentPort?.on('message', ({ text, file, options, cancelled }: WorkerRequest) => {
  const flag = new Int32Array(cancelled);
  let lastMs = Number.NEGATIVE_INFINITY;
  const outcome = simulate(analyse(text, file), {
    ...options,
    isCancelled: () => Atomics.load(flag, 0) !== 0,
    onProgress(fraction) {
      const nowMs = performance.now();
      if (nowMs - lastMs < PROGRESS_INTERVAL_MS) return;
      lastMs = nowMs;
      send({ kind: 'progress', fraction });
    },
  });
  send({ kind: 'outcome', outcome });
});

function send(message: WorkerMessage): void {
  parentPort?.postMessage(message);
}
