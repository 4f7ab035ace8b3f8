import type { StartThread } from '../workers/simulator.ts';

/** @param script URL of the built `worker.ts`, of the origin of this worker */
export function threadsOf(script: string): StartThread {
  return ({ onDeath, onMessage }) => {
    const worker = new Worker(script, { name: 'Faultline simulations' });
    worker.onmessage = ({ data }) => onMessage(data);
    worker.onerror = ({ message }) => {
      // Unlike in Node, it would live on.
      worker.terminate();
      onDeath(new Error(message || 'its script could not be loaded'));
    };
    return { post: (message) => worker.postMessage(message), end: () => worker.terminate() };
  };
}
