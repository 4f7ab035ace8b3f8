/** The thread in which simulations run. Built into one file, dist/worker.cjs. */
import { parentPort } from 'node:worker_threads';
import { serveWork } from '../workers/work.ts';

if (parentPort) {
  const port = parentPort;
  serveWork({
    listen: (onMessage) => port.on('message', onMessage),
    send: (message) => port.postMessage(message),
    breathe: () => new Promise((resolve) => setImmediate(resolve)),
    fail(error) {
      // As any uncaught error: the server is told, and the thread ends.
      setImmediate(() => {
        throw error;
      });
    },
  });
}
