import type { Model, Scenario } from '../model/model.ts';
import { findProblems, tellTooMuchWork, unknownScenario } from './check.ts';
import type { Incident } from './journal.ts';
import type { SimulationProblem } from './problem.ts';
import {
  type Replication,
  type ReplicationOptions,
  type ReplicationSummary,
  runReplication,
} from './replication.ts';
import { TooMuchWork } from './too-much-work.ts';
import type { World } from './world.ts';

export interface SimulationOptions {
  /** Name of the scenario whose faults and load are played; without one there are none. */
  readonly scenario?: string;
  /** By default what the config says; within `RUN_BOUNDS`, or the run is refused. */
  readonly seed?: number;
  /** By default what the config says; within `RUN_BOUNDS`, or the run is refused. */
  readonly replications?: number;
  /** Told how much is done, in [0, 1], at most about a hundred times. */
  readonly onProgress?: (fraction: number) => void;
  /** Asked every few thousand events. */
  readonly isCancelled?: () => boolean;
}

export interface SimulationRun {
  readonly kind: 'done';
  readonly scenario: Scenario | undefined;
  readonly seed: number;
  /** One or more. */
  readonly replications: readonly ReplicationSummary[];
  /** The first replication in detail. */
  readonly first: { readonly world: World; readonly incidents: readonly Incident[] };
}

export type SimulationResult =
  | SimulationRun
  | { readonly kind: 'cancelled' }
  | { readonly kind: 'refused'; readonly problems: readonly SimulationProblem[] };

/**
 * Simulates a model. The result depends on the model, the scenario, the seed and the number of
 * replications, and on nothing else.
 */
export function runSimulation(model: Model, options: SimulationOptions = {}): SimulationResult {
  const scenario =
    options.scenario === undefined ? undefined : model.scenarios.get(options.scenario);
  if (options.scenario !== undefined && !scenario) {
    return { kind: 'refused', problems: [unknownScenario(model, options.scenario)] };
  }
  const seed = options.seed ?? model.simulation.seed.value;
  const count = options.replications ?? model.simulation.replications.value;
  const problems = findProblems(model, scenario, { seed, replications: count });
  if (problems.length > 0) return { kind: 'refused', problems };

  const incidents: Incident[] = [];
  const summaries: ReplicationSummary[] = [];
  let first: World | undefined;
  let events = 0;
  const report = throttle(options.onProgress);
  for (let replication = 0; replication < count; replication++) {
    const done = tryReplication(model, {
      scenario,
      seed,
      replication,
      mostEvents: model.simulation.maxEvents.value - events,
      journal: replication === 0 ? (incident) => incidents.push(incident) : () => {},
      goOn: (nowMs) => {
        report((replication + nowMs / model.simulation.durationMs.value) / count);
        return !options.isCancelled?.();
      },
    });
    if (!done) return { kind: 'cancelled' };
    if (done instanceof TooMuchWork) {
      return { kind: 'refused', problems: [tellTooMuchWork(done, model)] };
    }
    events += done.world.engine.events;
    first ??= done.world;
    summaries.push(done.summary);
    report((replication + 1) / count);
  }
  return {
    kind: 'done',
    scenario,
    seed,
    replications: summaries,
    first: { world: first as World, incidents },
  };
}

function tryReplication(
  model: Model,
  options: ReplicationOptions,
): Replication | TooMuchWork | undefined {
  try {
    return runReplication(model, options);
  } catch (error) {
    if (error instanceof TooMuchWork) return error;
    throw error;
  }
}

/** Passes on only what changes the percentage. */
function throttle(listener: ((fraction: number) => void) | undefined): (fraction: number) => void {
  let percent = -1;
  return (fraction) => {
    const next = Math.floor(Math.min(1, fraction) * 100);
    if (next <= percent) return;
    percent = next;
    listener?.(next / 100);
  };
}
