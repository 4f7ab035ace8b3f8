import { Worker } from 'node:worker_threads';
import type { StartThread } from '../workers/simulator.ts';

/** @param script path of the built `worker.ts` */
export function threadsOf(script: string): StartThread {
  return ({ onDeath, onMessage }) => {
    // Nothing that a worker prints may reach stdout: that is where LSP is spoken.
    const worker = new Worker(script, { stdout: true, execArgv: [] });
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
