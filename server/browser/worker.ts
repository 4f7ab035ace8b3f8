/** The worker in which simulations run. Built into one script, dist/browser/worker.js. */
import type { CANCEL, WorkerRequest } from '../workers/messages.ts';
import { serveWork } from '../workers/work.ts';

const { port1: here, port2: there } = new MessageChannel();

serveWork({
  listen: (onMessage) =>
    self.addEventListener('message', ({ data }: MessageEvent<WorkerRequest | typeof CANCEL>) =>
      onMessage(data),
    ),
  send: (message) => self.postMessage(message),
  // A timer would do, but browsers make each one that follows another wait longer.
  breathe: () =>
    new Promise((resolve) => {
      here.onmessage = () => resolve();
      there.postMessage(null);
    }),
  fail(error) {
    // As any uncaught error: the server is told, and ends this worker.
    setTimeout(() => {
      throw error;
    });
  },
});
