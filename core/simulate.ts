import { type Analysis, blockersOf } from './analyse.ts';
import type { Finding } from './model/finding.ts';
import type { Model } from './model/model.ts';
import { buildReport } from './report/build.ts';
import type { Report } from './report/report.ts';
import { countText } from './report/text.ts';
import {
  type SimulationOptions as RunOptions,
  runSimulation,
  type SimulationProblem,
} from './simulation/index.ts';
import { runYears, type YearsResult } from './years/index.ts';

export { RUN_BOUNDS } from './simulation/index.ts';

/** How many years a caller may ask for: whole numbers. */
export const YEARS_BOUNDS = { least: 1, most: 1_000_000 } as const;

export interface SimulationOptions extends Omit<RunOptions, 'scenario'> {
  /** For how many years components also fail and are repaired without traffic; by default the file's. */
  readonly years?: number;
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
  const { scenario = model.scenarios.keys().next().value, years: asked, ...others } = options;
  const years = asked ?? model.simulation.years?.value;
  const isLast = years === undefined;
  const result = runSimulation(model, {
    ...others,
    ...(scenario != null && { scenario }),
    ...(!isLast && stage(others.onProgress, 0)),
  });
  if (result.kind === 'cancelled') return result;
  if (result.kind === 'refused') return { kind: 'refused', problems: toFindings(result.problems) };
  if (isLast) return { kind: 'done', report: buildReport({ model, lines, findings, result }) };
  const { isCancelled, onProgress } = others;
  const longRun = runYears(model, {
    seed: result.seed,
    years,
    ...(isCancelled && { isCancelled }),
    ...stage(onProgress, 1),
  });
  if (longRun.kind === 'cancelled') return longRun;
  if (longRun.kind === 'too-many') {
    const problems = toFindings([tellTooManyFailures(longRun, model, years)]);
    return { kind: 'refused', problems };
  }
  return { kind: 'done', report: buildReport({ model, lines, findings, result, longRun }) };
}

/** The minutes are the first half of the work, the years the second. */
function stage(onProgress: RunOptions['onProgress'], index: 0 | 1): Pick<RunOptions, 'onProgress'> {
  return onProgress ? { onProgress: (fraction) => onProgress((index + fraction) / 2) } : {};
}

function tellTooManyFailures(
  { failures, mostYears }: YearsResult & { readonly kind: 'too-many' },
  model: Model,
  years: number,
): SimulationProblem {
  const { durationMs, years: written } = model.simulation;
  return {
    message:
      `In ${countText(years)} years about ${countText(failures / 1e6)} million failures would ` +
      `happen; the most is 20 million. Ask for at most ${countText(Math.max(1, Math.floor(mostYears)))} years.`,
    at: (written ?? durationMs).source.at,
  };
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
