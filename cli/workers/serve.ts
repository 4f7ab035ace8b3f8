import type { MessagePort } from 'node:worker_threads';
import { Misuse } from '../exit.ts';
import type { Answer, Request } from './pool.ts';
import { TASKS } from './tasks.ts';

/** Works on tasks of the main thread, one after another, until that ends this thread. */
export function serveTasks(port: MessagePort): void {
  let before: Promise<void> = Promise.resolve();
  port.on('message', (request: Request) => {
    before = before.then(async () => port.postMessage(await answerTo(request)));
  });
}

async function answerTo({ id, input, name }: Request): Promise<Answer> {
  try {
    const task = TASKS[name] as (input: unknown) => Promise<unknown>;
    return { id, kind: 'done', result: await task(input) };
  } catch (error) {
    return error instanceof Misuse
      ? { id, kind: 'misuse', message: error.message }
      : { id, kind: 'failed', error };
  }
}
