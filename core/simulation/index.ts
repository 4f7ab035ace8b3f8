export type { SimulationProblem } from './check.ts';
export { runSimulation, type SimulationOptions, type SimulationResult } from './run.ts';
