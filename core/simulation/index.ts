export { RUN_BOUNDS } from './check.ts';
export type { SimulationProblem } from './problem.ts';
export { runSimulation, type SimulationOptions, type SimulationResult } from './run.ts';
