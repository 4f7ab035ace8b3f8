import { type Analysis, blockersOf } from './analyse.ts';
import type { Finding } from './model/finding.ts';
import type { Model } from './model/model.ts';
import { buildReport } from './report/build.ts';
import { describeFirst, type FirstDetails } from './report/build-first.ts';
import { createPlacer } from './report/build-place.ts';
import type { Report } from './report/report.ts';
import { countText } from './report/text.ts';
import {
  Gathering,
  planRun,
  type ReplicationPart,
  type RunNumbers,
  type SimulationOptions as RunOptions,
  type RunProgress,
  runPart,
  runSimulation,
  type SimulationProblem,
  tellTooMuchWork,
} from './simulation/index.ts';
import { runYears, type YearsResult, type YearsRun } from './years/index.ts';

export { progressText } from './report/text.ts';
export { RUN_BOUNDS, type RunProgress } from './simulation/index.ts';

/** How many years a caller may ask for: whole numbers. */
export const YEARS_BOUNDS = { least: 1, most: 1_000_000 } as const;

export interface SimulationOptions extends Omit<RunOptions, 'scenario'> {
  /** For how many years components also fail and are repaired without traffic; by default the file's. */
  readonly years?: number;
  /** Which scenario to run: by default the file's first, if it has any; `null` for none. */
  readonly scenario?: string | null;
}

/** What is simulated, as plain data: the same always gives the same report. */
export type SimulationChoice = Omit<SimulationOptions, 'onProgress' | 'isCancelled'>;

export type SimulationOutcome =
  | { readonly kind: 'done'; readonly report: Report }
  /** Cancelled, with what was there by then; the report says how much that is. */
  | { readonly kind: 'partial'; readonly report: Report }
  /** Cancelled before anything was there. */
  | { readonly kind: 'cancelled' }
  /** The config cannot be simulated as it stands; says why, on the line. */
  | { readonly kind: 'refused'; readonly problems: readonly Finding[] };

/**
 * Simulates a config and reports what happened. A file that could not be read in full is refused.
 */
export function simulate(analysis: Analysis, options: SimulationOptions = {}): SimulationOutcome {
  const blockers = blockersOf(analysis);
  if (blockers.length > 0) return { kind: 'refused', problems: blockers };
  const { model, lines } = analysis;
  const { isCancelled, onProgress } = options;
  const years = yearsOf(analysis, options);
  const result = runSimulation(model, {
    ...runOptions(analysis, options),
    ...(years !== undefined && stage(onProgress, 0)),
  });
  if (result.kind === 'refused') return refused(result.problems);
  if (result.kind === 'cancelled') return result;
  const first = describeFirst(model, result.first, createPlacer(lines));
  if (years === undefined || result.partial) return report(analysis, result, first);
  const longRun = runYears(model, {
    seed: result.seed,
    years,
    ...(isCancelled && { isCancelled }),
    ...yearsStage(onProgress, result),
  });
  return withYears(analysis, result, first, years, longRun);
}

/** What became of one replication of a config, as plain data: it may come from another thread. */
export type SimulationPart = ReplicationPart & {
  /** Of the first. */
  readonly first?: FirstDetails;
};

/**
 * Runs one replication of a config, for `simulateInParts` on whatever thread.
 *
 * @param goOn asked now and then, with the virtual time, whether to go on
 * @throws RangeError for what `simulateInParts` would have refused
 */
export function simulatePart(
  analysis: Analysis,
  choice: SimulationChoice,
  replication: number,
  goOn: (nowMs: number) => boolean,
): SimulationPart {
  const { lines, model } = analysis;
  const planned = planRun(model, runOptions(analysis, choice));
  if (planned.kind === 'refused') throw new RangeError('This cannot be simulated.');
  const { first, part } = runPart(model, planned.plan, replication, goOn);
  if (!first) return part;
  return { ...part, first: describeFirst(model, first, createPlacer(lines)) };
}

/** Who runs the parts of a simulation. */
export interface PartRunner {
  /** How many run at the same time. The outcome does not depend on it. */
  readonly atOnce: number;
  run(replication: number): Promise<SimulationPart>;
  /** Told whenever a replication is there, or more are wanted. */
  gathered?(progress: Omit<RunProgress, 'simulatedMs'>): void;
  /** Lets components fail and be repaired for years, with `simulateYears`. */
  runYears(years: number, seed: number): Promise<YearsResult>;
}

/**
 * As `simulate`, byte by byte, with the replications run by others: several threads, say. It is
 * cancelled by those who run them.
 *
 * @throws what `runner` throws
 */
export async function simulateInParts(
  analysis: Analysis,
  choice: SimulationChoice,
  runner: PartRunner,
): Promise<SimulationOutcome> {
  const blockers = blockersOf(analysis);
  if (blockers.length > 0) return { kind: 'refused', problems: blockers };
  const { model } = analysis;
  const planned = planRun(model, runOptions(analysis, choice));
  if (planned.kind === 'refused') return refused(planned.problems);
  const { plan } = planned;
  const gathering = new Gathering(plan);
  let first: FirstDetails | undefined;
  for (let batch = gathering.nextBatch(); batch.length > 0; batch = gathering.nextBatch()) {
    runner.gathered?.(gathering.progress());
    const waiting = [...batch];
    const lane = async () => {
      for (let next = waiting.shift(); next !== undefined; next = waiting.shift()) {
        const { first: details, ...part } = await runner.run(next);
        first ??= details;
        gathering.add(next, part);
        runner.gathered?.(gathering.progress());
        if (gathering.isBroken) return;
      }
    };
    await Promise.all(Array.from({ length: Math.min(runner.atOnce, batch.length) }, lane));
  }
  const gathered = gathering.gathered();
  if (gathered.kind === 'too-much') return refused([tellTooMuchWork(gathered.problem, model)]);
  if (gathered.kind === 'cancelled' || !first) return { kind: 'cancelled' };
  const { partial } = gathered;
  const { scenario, seed } = plan;
  const result: RunNumbers = { ...gathered, kind: partial ? 'partial' : 'done', scenario, seed };
  const years = yearsOf(analysis, choice);
  if (years === undefined || partial) return report(analysis, result, first);
  return withYears(analysis, result, first, years, await runner.runYears(years, seed));
}

/**
 * The years of a simulation, for `simulateInParts` on whatever thread.
 *
 * @param onProgress told how much is done, in [0, 1]
 */
export function simulateYears(
  { model }: Analysis,
  years: number,
  seed: number,
  isCancelled: () => boolean,
  onProgress?: (fraction: number) => void,
): YearsResult {
  return runYears(model, { years, seed, isCancelled, ...(onProgress && { onProgress }) });
}

function yearsOf({ model }: Analysis, options: SimulationOptions): number | undefined {
  return options.years ?? model.simulation.years?.value;
}

/** Puts the years beside the minutes. */
function withYears(
  analysis: Analysis,
  result: RunNumbers,
  first: FirstDetails,
  years: number,
  longRun: YearsResult,
): SimulationOutcome {
  if (longRun.kind === 'too-many') {
    return refused([tellTooManyFailures(longRun, analysis.model, years)]);
  }
  if (longRun.kind === 'done') return report(analysis, result, first, longRun);
  // The minutes are whole; the years were given up, maybe with some of them whole.
  const partial = { planned: result.replications.length, isCut: false };
  const stopped: RunNumbers = { ...result, kind: 'partial', partial };
  return report(analysis, stopped, first, longRun.kind === 'partial' ? longRun : undefined);
}

function runOptions({ model }: Analysis, options: SimulationOptions): RunOptions {
  const { scenario = model.scenarios.keys().next().value, years: _, ...others } = options;
  return { ...others, ...(scenario != null && { scenario }) };
}

function report(
  { findings, lines, model }: Analysis,
  result: RunNumbers,
  first: FirstDetails,
  longRun?: YearsRun,
): SimulationOutcome {
  const input = { model, lines, findings, result, first, ...(longRun && { longRun }) };
  return { kind: result.kind, report: buildReport(input) };
}

function refused(problems: readonly SimulationProblem[]): SimulationOutcome {
  return { kind: 'refused', problems: toFindings(problems) };
}

/** The minutes are the first half of the work, the years the second. */
function stage(onProgress: RunOptions['onProgress'], index: 0 | 1): Pick<RunOptions, 'onProgress'> {
  if (!onProgress) return {};
  return { onProgress: (fraction, progress) => onProgress((index + fraction) / 2, progress) };
}

function yearsStage(
  onProgress: RunOptions['onProgress'],
  { replications }: RunNumbers,
): { readonly onProgress?: (fraction: number) => void } {
  if (!onProgress) return {};
  const planned = replications.length;
  const simulatedMs = replications.reduce((sum, { durationMs }) => sum + durationMs, 0);
  const progress = { replications: planned, planned, simulatedMs, widest: null };
  return { onProgress: (fraction) => onProgress((1 + fraction) / 2, progress) };
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
