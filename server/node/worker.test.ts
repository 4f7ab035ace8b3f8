import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { CancellationToken } from 'vscode-languageserver/node';
import { analyse, simulate } from '../../core/index.ts';
import { WorkerSimulator } from '../workers/simulator.ts';
import { threadsOf } from './threads.ts';

const text = `version: 1
redundancy: { db: { minHealthy: 1, active: [a, b], capacity: 300/s, latency: 5ms, failures: { mtbf: 2m } } }
services: { web: { traffic: { rate: 200/s }, latency: 1ms, calls: [{ to: db, timeout: 1s }] } }
scenarios: { lost: { faults: [{ at: 10s, fail: a, for: 10s }] } }
simulation: { duration: 1m, replications: 5, years: 3 }
`;
const job = { text, file: 'a', options: {}, judging: {} };

let simulator: WorkerSimulator;
beforeEach(() => {
  simulator = new WorkerSimulator(
    threadsOf(fileURLToPath(new URL('worker.ts', import.meta.url)), 2),
  );
});
afterEach(() => simulator.dispose());

it('simulates in several threads what one gives, to the last byte', async () => {
  const fractions: number[] = [];
  const onProgress = (fraction: number) => fractions.push(fraction);
  const outcome = await simulator.run(job, onProgress, CancellationToken.None);
  expect(JSON.stringify(outcome)).toBe(JSON.stringify(simulate(analyse(text, 'a'))));
  expect(fractions).toEqual(fractions.toSorted((a, b) => a - b));
  expect(fractions.at(-1)).toBe(1);
});
