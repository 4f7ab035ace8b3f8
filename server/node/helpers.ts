import { Worker } from 'node:worker_threads';
import type { SimulationPart } from '../../core/index.ts';
import type { ReplicationTask } from '../../core/replicate.ts';
import type { Helpers } from '../workers/in-threads.ts';

/** What a thread is told as it starts. */
export interface ThreadData {
  /** What runs in it, so that it can start others. */
  readonly script: string;
  /** How many threads may run the replications of a simulation. */
  readonly threads: number;
  /** It runs single replications for another thread. */
  readonly isHelper: boolean;
}

/**
 * Threads that run replications for the one that works on a simulation. They start when there is work
 * for them, and are kept for the next simulation; they end with the thread that started them.
 */
export class HelperThreads implements Helpers {
  readonly count: number;
  readonly #script: string;
  readonly #idle: Worker[] = [];

  /** @param data that of this thread */
  constructor({ script, threads }: ThreadData) {
    this.#script = script;
    this.count = threads;
  }

  run(task: ReplicationTask): Promise<SimulationPart> {
    const worker = this.#idle.pop() ?? this.#start();
    return new Promise((resolve, reject) => {
      worker.once('error', reject);
      worker.once('message', (part: SimulationPart) => {
        worker.off('error', reject);
        this.#idle.push(worker);
        resolve(part);
      });
      worker.postMessage(task);
    });
  }

  #start(): Worker {
    const workerData: ThreadData = { script: this.#script, threads: 1, isHelper: true };
    return new Worker(this.#script, { execArgv: [], workerData });
  }
}
