export { RUN_BOUNDS, tellTooMuchWork } from './check.ts';
export { Gathering, type ReplicationPart } from './gathering.ts';
export type { SimulationProblem } from './problem.ts';
export {
  planRun,
  type RunNumbers,
  type RunProgress,
  runPart,
  runSimulation,
  type SimulationOptions,
  type SimulationResult,
  type SimulationRun,
} from './run.ts';
