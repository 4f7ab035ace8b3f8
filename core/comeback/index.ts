import type { Model, Scenario } from '../model/model.ts';
import type { SourceRange } from '../model/source.ts';
import { unknownScenario } from '../simulation/check.ts';
import type { SimulationProblem } from '../simulation/index.ts';
import { singleChanges } from './changes.ts';
import { type ClosedForm, closedForm } from './closed-form.ts';
import { leastFactor, ratesOf, watchedAfter, withTrafficOf } from './load.ts';
import { type Limits, searchLimit } from './search.ts';
import type { Trial } from './trial.ts';
import { Trials } from './trials.ts';

export type { ClosedForm } from './closed-form.ts';
export type { Limits } from './search.ts';
export type { Outcome, Trial } from './trial.ts';
export { comebackSentence, type LoadRow, loadRows, rateText, runsText } from './words.ts';

export interface ComebackOptions {
  /** By default the first scenario with faults. */
  readonly scenario?: string;
  /** By default that of the file. */
  readonly seed?: number;
  /** Runs for each load and each change, less where the first two agree; by default 5. */
  readonly replications?: number;
  /** Told about how much is done, in [0, 1]. */
  readonly onProgress?: (fraction: number) => void;
  readonly isCancelled?: () => boolean;
}

/** What one change of the config does under a load from which it does not come back without. */
export interface TriedChange {
  readonly title: string;
  readonly at: SourceRange;
  readonly trial: Trial;
}

export interface ComebackLimit {
  readonly kind: 'found';
  readonly scenario: string;
  /** Requests a second from outside, as the file has it; the factors of trials are multiples. */
  readonly loadPerSecond: number;
  /** Under the load of the file. */
  readonly asWritten: Trial;
  readonly limits: Limits;
  readonly closedForm: ClosedForm | undefined;
  /** Multiple of the load under which changes were tried; absent when it never gets stuck. */
  readonly triedAt: number | undefined;
  /** Those that help first. */
  readonly changes: readonly TriedChange[];
}

export type ComebackResult =
  | ComebackLimit
  | { readonly kind: 'cancelled' }
  | { readonly kind: 'refused'; readonly problems: readonly SimulationProblem[] };

const REPLICATIONS = 5;
/** The two loads between which the limit lies are at most this far apart, as a ratio. */
const PRECISION = 1.04;
/** Nobody asks about more than this many times the load. */
const MOST_FACTOR = 32;
/** So far above the limit a system that gets stuck there does so surely. */
const BEYOND = 1.1;
/** A config with more retries, calls and pools than this is asked about the first of them only. */
const MOST_CHANGES = 40;
/** Of the whole work, about what the search takes. */
const SEARCH_SHARE = 0.5;
const EXPECTED_TRIALS = 14;

/**
 * Finds the load above which a system stays down after the faults of a scenario, and which single
 * change of the config lets it come back.
 */
export function findComebackLimit(model: Model, options: ComebackOptions = {}): ComebackResult {
  const chosen = chooseScenario(model, options.scenario);
  if ('message' in chosen) return { kind: 'refused', problems: [chosen] };
  const loaded = withTrafficOf(model, chosen);
  const system = watchedAfter(loaded, chosen);
  const trials = new Trials(system, chosen, {
    scenario: chosen.name,
    seed: options.seed ?? model.simulation.seed.value,
    replications: options.replications ?? REPLICATIONS,
    isCancelled: options.isCancelled,
  });
  const report = options.onProgress ?? (() => {});
  const asWritten = trials.asWritten();
  if (!asWritten) {
    return trials.isCancelled
      ? { kind: 'cancelled' }
      : { kind: 'refused', problems: trials.problems };
  }

  let tried = 1;
  const limits = searchLimit(
    asWritten,
    (factor) => {
      report(SEARCH_SHARE * Math.min(1, tried++ / EXPECTED_TRIALS));
      return trials.at(factor);
    },
    { least: leastFactor(model, chosen), most: MOST_FACTOR, precision: PRECISION },
  );
  const triedAt = loadToTry(asWritten, limits);
  const candidates = triedAt === undefined ? [] : singleChanges(system).slice(0, MOST_CHANGES);
  const changes = candidates.flatMap(({ at, model: changed, title }, index): TriedChange[] => {
    report(SEARCH_SHARE + (1 - SEARCH_SHARE) * (index / candidates.length));
    const trial = triedAt === undefined ? undefined : trials.of(changed, triedAt);
    return trial ? [{ title, at, trial }] : [];
  });
  if (trials.isCancelled) return { kind: 'cancelled' };
  report(1);
  return {
    kind: 'found',
    scenario: chosen.name,
    loadPerSecond: sumOf(ratesOf(model, chosen)),
    asWritten,
    limits,
    closedForm: closedForm(loaded),
    triedAt,
    changes: changes.toSorted((a, b) => helps(b.trial) - helps(a.trial)),
  };
}

/** The load of the file where that is too much; else one at which it gets stuck for sure. */
function loadToTry(asWritten: Trial, { gives }: Limits): number | undefined {
  if (asWritten.outcome === 'stuck') return 1;
  return gives?.outcome === 'stuck' ? gives.factor * BEYOND : undefined;
}

function helps({ cameBack, outcome, runs }: Trial): number {
  return (outcome === 'comes-back' ? 1 : 0) + cameBack / runs;
}

function chooseScenario(model: Model, name: string | undefined): Scenario | SimulationProblem {
  if (name !== undefined && !model.scenarios.has(name)) return unknownScenario(model, name);
  const named = name === undefined ? undefined : model.scenarios.get(name);
  const scenario = named ?? [...model.scenarios.values()].find(({ faults }) => faults.length > 0);
  if (!scenario || scenario.faults.length === 0) {
    return {
      message:
        `${named ? `The scenario '${named.name}' has no` : 'No scenario has'} faults after which the ` +
        "system could stay down. Write one, such as 'faults: [{ at: 1m, degrade: NAME, " +
        "errorRate: 100%, for: 30s }]'.",
      at: named?.nameAt ?? { file: model.file, start: 0, end: 0 },
    };
  }
  if (sumOf(ratesOf(model, scenario)) > 0) return scenario;
  const message =
    "No service has traffic that could get stuck. Give one 'traffic: { rate: 10/s }'.";
  return { message, at: scenario.nameAt };
}

function sumOf(rates: ReadonlyMap<string, number>): number {
  return [...rates.values()].reduce((sum, rate) => sum + rate, 0);
}
