import type { SourceRange } from '../model/source.ts';

/** Why a model cannot be simulated. */
export interface SimulationProblem {
  readonly message: string;
  readonly at: SourceRange;
}
