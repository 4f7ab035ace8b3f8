import { type Analysis, blockersOf } from './analyse.ts';
import type { Finding } from './model/finding.ts';
import { buildReport } from './report/build.ts';
import type { Report } from './report/report.ts';
import {
  type SimulationOptions as RunOptions,
  runSimulation,
  type SimulationProblem,
} from './simulation/index.ts';

export { RUN_BOUNDS } from './simulation/index.ts';

export interface SimulationOptions extends Omit<RunOptions, 'scenario'> {
  /** Which scenario to run: by default the file's first, if it has any; `null` for none. */
  readonly scenario?: string | null;
}

export type SimulationOutcome =
  | { readonly kind: 'done'; readonly report: Report }
  | { readonly kind: 'cancelled' }
  /** The config cannot be simulated as it stands; says why, on the line. */
  | { readonly kind: 'refused'; readonly problems: readonly Finding[] };

/**
 * Simulates a config and reports what happened. A file that could not be read in full is refused.
 */
export function simulate(analysis: Analysis, options: SimulationOptions = {}): SimulationOutcome {
  const blockers = blockersOf(analysis);
  if (blockers.length > 0) return { kind: 'refused', problems: blockers };
  const { model, lines, findings } = analysis;
  const { scenario = model.scenarios.keys().next().value, ...others } = options;
  const result = runSimulation(model, { ...others, ...(scenario != null && { scenario }) });
  if (result.kind === 'done') {
    return { kind: 'done', report: buildReport({ model, lines, findings, result }) };
  }
  if (result.kind === 'cancelled') return result;
  return { kind: 'refused', problems: toFindings(result.problems) };
}

/** Why a model cannot be simulated, as findings. */
export function toFindings(problems: readonly SimulationProblem[]): Finding[] {
  return problems.map(({ message, at }) => ({
    ruleId: 'cannot-simulate',
    severity: 'error',
    message,
    at,
    related: [],
  }));
}
