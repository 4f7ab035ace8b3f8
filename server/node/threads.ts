import { availableParallelism } from 'node:os';
import { Worker } from 'node:worker_threads';
import type { StartThread } from '../workers/simulator.ts';
import type { ThreadData } from './helpers.ts';

/**
 * @param script path of the built `worker.ts`
 * @param threads how many run the replications of a simulation; what comes of it does not depend on it
 */
export function threadsOf(script: string, threads = availableParallelism()): StartThread {
  const workerData: ThreadData = { script, threads, isHelper: false };
  return ({ onDeath, onMessage }) => {
    // Nothing that a worker prints may reach stdout: that is where LSP is spoken.
    const worker = new Worker(script, { stdout: true, execArgv: [], workerData });
    worker.stdout.pipe(process.stderr);
    worker.on('message', onMessage);
    worker.on('error', onDeath);
    worker.on('exit', () => onDeath());
    return {
      post: (message) => worker.postMessage(message),
      end: () => void worker.terminate(),
    };
  };
}
