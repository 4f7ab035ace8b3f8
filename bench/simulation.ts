import { readFileSync } from 'node:fs';
import { analyse, simulate } from '../core/index.ts';
import { printFigures, quantile } from './table.ts';

const SAMPLE = 'samples/online-shop.resilience.yaml';
const RUNS = 5;

/** The default sample, simulated with everything it asks for. */
export async function benchSimulation(): Promise<void> {
  const analysis = analyse(readFileSync(SAMPLE, 'utf8'), SAMPLE);
  const seconds: number[] = [];
  for (let run = 0; run < RUNS; run++) {
    const begin = performance.now();
    const outcome = simulate(analysis);
    if (outcome.kind !== 'done') throw new Error(`${SAMPLE} does not simulate.`);
    seconds.push((performance.now() - begin) / 1000);
  }
  printFigures(
    'Simulation of the default sample',
    `${SAMPLE} with its own duration and replications, in this process, ${RUNS} runs.`,
    [{ name: 'median', value: quantile(seconds, 0.5), unit: 's', bound: 2 }],
  );
}
