/**
 * The thread in which simulations run, and those that it starts to help it. Built into one file,
 * dist/worker.cjs.
 */
import { parentPort, workerData } from 'node:worker_threads';
import { replicate } from '../../core/replicate.ts';
import { serveWork } from '../workers/work.ts';
import { HelperThreads, type ThreadData } from './helpers.ts';

const data = workerData as ThreadData;

if (parentPort) {
  const port = parentPort;
  if (data.isHelper) port.on('message', async (task) => port.postMessage(await replicate(task)));
  else {
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
      helpers: new HelperThreads(data),
    });
  }
}
