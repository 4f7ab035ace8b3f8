import { Worker } from 'node:worker_threads';
import { Misuse } from '../exit.ts';
import type { TaskInput, TaskName, TaskResult } from './tasks.ts';

/** A task on its way to another thread. */
export interface Request {
  readonly id: number;
  readonly name: TaskName;
  readonly input: unknown;
}

/** What became of it; the class of an error would not survive the way. */
export type Answer =
  | { readonly id: number; readonly kind: 'done'; readonly result: unknown }
  | { readonly id: number; readonly kind: 'misuse'; readonly message: string }
  | { readonly id: number; readonly kind: 'failed'; readonly error: unknown };

/** Tasks make much that is soon garbage; more room for it costs memory and saves hardly any time. */
const RESOURCE_LIMITS = { maxYoungGenerationSizeMb: 16 };

interface Waiting {
  /** Of the thread that works on it. */
  readonly place: number;
  readonly resolve: (result: never) => void;
  readonly reject: (error: unknown) => void;
}

/** Threads that work on tasks, each on one after another; they start when there is work for them. */
export class WorkerPool {
  readonly #script: URL;
  readonly #size: number;
  readonly #workers: Worker[] = [];
  readonly #waiting = new Map<number, Waiting>();
  #tasks = 0;

  /**
   * @param script what a thread runs: it must call `serveTasks`
   * @param size how many threads at most, from 1
   */
  constructor(script: URL, size: number) {
    this.#script = script;
    this.#size = size;
  }

  /** @throws Misuse as the task does; another error when the task or its thread failed. */
  run<Name extends TaskName>(name: Name, input: TaskInput<Name>): Promise<TaskResult<Name>> {
    const id = this.#tasks++;
    const place = this.#leastBusy();
    const worker = this.#workers[place] ?? this.#start(place);
    return new Promise((resolve, reject) => {
      this.#waiting.set(id, { place, resolve, reject });
      worker.postMessage({ id, name, input } satisfies Request);
    });
  }

  async close(): Promise<void> {
    await Promise.all(this.#workers.map((worker) => worker.terminate()));
  }

  /** The thread with the fewest tasks, the first of several: tasks may take very different times. */
  #leastBusy(): number {
    const tasks = new Array<number>(this.#size).fill(0);
    for (const { place } of this.#waiting.values()) tasks[place] = (tasks[place] ?? 0) + 1;
    return tasks.indexOf(Math.min(...tasks));
  }

  #start(place: number): Worker {
    const worker = new Worker(this.#script, { resourceLimits: RESOURCE_LIMITS });
    worker.on('message', (answer: Answer) => this.#settle(answer));
    // Without its thread no task of it is ever answered, so the command must end.
    worker.on('error', (error) => {
      for (const { reject } of this.#waiting.values()) reject(error);
    });
    this.#workers[place] = worker;
    return worker;
  }

  #settle(answer: Answer): void {
    const waiting = this.#waiting.get(answer.id);
    this.#waiting.delete(answer.id);
    if (answer.kind === 'done') waiting?.resolve(answer.result as never);
    else waiting?.reject(answer.kind === 'misuse' ? new Misuse(answer.message) : answer.error);
  }
}
