import type { Model, Scenario } from '../model/model.ts';
import { findProblems, tellTooMuchWork, unknownScenario } from './check.ts';
import {
  Gathering,
  type PartialRun,
  type ReachedPrecision,
  type ReplicationPart,
  type RunPlan,
} from './gathering.ts';
import type { Incident } from './journal.ts';
import type { SimulationProblem } from './problem.ts';
import { type ReplicationSummary, runReplication } from './replication.ts';
import { TooMuchWork } from './too-much-work.ts';
import type { World } from './world.ts';

export interface SimulationOptions {
  /** Name of the scenario whose faults and load are played; without one there are none. */
  readonly scenario?: string;
  /** By default what the config says; within `RUN_BOUNDS`, or the run is refused. */
  readonly seed?: number;
  /** By default what the config says; within `RUN_BOUNDS`, or the run is refused. */
  readonly replications?: number;
  /**
   * Goes on until the widest interval that matters (`widestInterval`) is at most this share of its
   * mean, or there are as many replications as the config allows. By default what the config says,
   * where no number of replications is given; within `RUN_BOUNDS`, or the run is refused.
   */
  readonly precision?: number;
  /** Told how much is done, in [0, 1], at most about a hundred times. */
  readonly onProgress?: (fraction: number, progress: RunProgress) => void;
  /** Asked every few thousand events. What is there by then is kept. */
  readonly isCancelled?: () => boolean;
}

/** How far a simulation is. */
export interface RunProgress {
  /** Replications that are done. */
  readonly replications: number;
  /** Replications that are asked for so far. */
  readonly planned: number;
  /** Of all replications together. */
  readonly simulatedMs: number;
  /** The widest interval so far, as a share of its mean; null while it is not known. */
  readonly widest: number | null;
}

export interface SimulationRun {
  /** `partial` when it was stopped before all was done. */
  readonly kind: 'done' | 'partial';
  readonly scenario: Scenario | undefined;
  readonly seed: number;
  /** One or more. */
  readonly replications: readonly ReplicationSummary[];
  readonly precision: ReachedPrecision | null;
  /** Null when it is done. */
  readonly partial: PartialRun | null;
  /** The first replication in detail. */
  readonly first: FirstReplication;
}

/** Of a run, what all replications together say. */
export type RunNumbers = Omit<SimulationRun, 'first'>;

export interface FirstReplication {
  readonly world: World;
  readonly incidents: readonly Incident[];
}

export type SimulationResult =
  | SimulationRun
  | { readonly kind: 'cancelled' }
  | { readonly kind: 'refused'; readonly problems: readonly SimulationProblem[] };

/**
 * Simulates a model. The result depends on the model, the scenario, the seed, the number of
 * replications and the precision, and on nothing else.
 */
export function runSimulation(model: Model, options: SimulationOptions = {}): SimulationResult {
  const planned = planRun(model, options);
  if (planned.kind === 'refused') return planned;
  const gathering = new Gathering(planned.plan);
  const durationMs = model.simulation.durationMs.value;
  const report = throttle(options.onProgress);
  const tell = (simulatedMs: number) =>
    report(simulatedMs / (gathering.planned * durationMs), {
      ...gathering.progress(),
      simulatedMs,
    });
  let first: FirstReplication | undefined;
  for (let batch = gathering.nextBatch(); batch.length > 0; batch = gathering.nextBatch()) {
    for (const replication of batch) {
      if (gathering.isBroken) break;
      const done = runPart(model, planned.plan, replication, (nowMs) => {
        // The end is told when the replication is there.
        if (nowMs < durationMs) tell(replication * durationMs + nowMs);
        return !options.isCancelled?.();
      });
      first ??= done.first;
      gathering.add(replication, done.part);
      if (done.part.kind === 'done') tell((replication + 1) * durationMs);
    }
  }
  const gathered = gathering.gathered();
  if (gathered.kind === 'cancelled') return gathered;
  if (gathered.kind === 'too-much') {
    return { kind: 'refused', problems: [tellTooMuchWork(gathered.problem, model)] };
  }
  const { partial, precision, replications } = gathered;
  const { scenario, seed } = planned.plan;
  return {
    kind: partial ? 'partial' : 'done',
    scenario,
    seed,
    replications,
    precision,
    partial,
    first: first as FirstReplication,
  };
}

/** What options ask for, or why that cannot be. */
export function planRun(
  model: Model,
  options: Pick<SimulationOptions, 'scenario' | 'seed' | 'replications' | 'precision'>,
):
  | { readonly kind: 'planned'; readonly plan: RunPlan }
  | { readonly kind: 'refused'; readonly problems: readonly SimulationProblem[] } {
  const scenario =
    options.scenario === undefined ? undefined : model.scenarios.get(options.scenario);
  if (options.scenario !== undefined && !scenario) {
    return { kind: 'refused', problems: [unknownScenario(model, options.scenario)] };
  }
  const { simulation } = model;
  const seed = options.seed ?? simulation.seed.value;
  const replications = options.replications ?? simulation.replications.value;
  // Who asks for a number of replications gets that number.
  const usual = options.replications === undefined ? simulation.precision?.value : undefined;
  const precision = options.precision ?? usual;
  const settings = { seed, replications, ...(precision !== undefined && { precision }) };
  const problems = findProblems(model, scenario, settings);
  if (problems.length > 0) return { kind: 'refused', problems };
  const mostReplications = simulation.maxReplications.value;
  const mostEvents = simulation.maxEvents.value;
  return { kind: 'planned', plan: { ...settings, scenario, mostReplications, mostEvents } };
}

/**
 * Runs one replication of a plan; of the first also gives what there is to see of it.
 *
 * @param goOn asked now and then, with the virtual time, whether to go on
 */
export function runPart(
  model: Model,
  { mostEvents, scenario, seed }: RunPlan,
  replication: number,
  goOn: (nowMs: number) => boolean,
): { readonly part: ReplicationPart; readonly first?: FirstReplication } {
  const incidents: Incident[] = [];
  const isFirst = replication === 0;
  try {
    const done = runReplication(model, {
      scenario,
      seed,
      replication,
      mostEvents,
      journal: isFirst ? (incident) => incidents.push(incident) : () => {},
      goOn,
    });
    if (!done) return { part: { kind: 'cancelled' } };
    const { isCut, summary, world } = done;
    if (isCut && !isFirst) return { part: { kind: 'cancelled' } };
    const part: ReplicationPart = isCut
      ? { kind: 'cancelled', cut: summary }
      : { kind: 'done', summary, events: world.engine.events };
    return isFirst ? { part, first: { world, incidents } } : { part };
  } catch (error) {
    if (!(error instanceof TooMuchWork)) throw error;
    return { part: { kind: 'too-much', atMs: error.atMs, message: error.message } };
  }
}

/** Passes on only what changes the percentage. */
function throttle(
  listener: SimulationOptions['onProgress'],
): NonNullable<SimulationOptions['onProgress']> {
  let percent = -1;
  return (fraction, progress) => {
    const next = Math.floor(Math.min(1, fraction) * 100);
    if (next <= percent) return;
    percent = next;
    listener?.(next / 100, progress);
  };
}
