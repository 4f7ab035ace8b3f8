import type { SimulationChoice } from '../core/index.ts';
import { RUN_BOUNDS } from '../core/simulate.ts';
import { type Arguments, share, wholeNumber } from './arguments.ts';

/** More threads than any machine has processors to spare. */
export const MOST_WORKERS = 256;

/** What the options say about how to simulate; the scenario is a matter of the file. */
export function simulationChoice(given: Arguments): SimulationChoice {
  const seed = wholeNumber(given, 'seed', RUN_BOUNDS.seed);
  const replications = wholeNumber(given, 'replications', RUN_BOUNDS.replications);
  const precision = share(given, 'precision', RUN_BOUNDS.precision);
  return {
    ...(seed !== undefined && { seed }),
    ...(replications !== undefined && { replications }),
    ...(precision !== undefined && { precision }),
  };
}

export function workerCount(given: Arguments): number | undefined {
  return wholeNumber(given, 'workers', { least: 1, most: MOST_WORKERS });
}
