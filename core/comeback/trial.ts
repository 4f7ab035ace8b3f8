import type { Model } from '../model/model.ts';
import { runSimulation, type SimulationRun } from '../simulation/index.ts';
import type { ReplicationSummary } from '../simulation/replication.ts';

/**
 * What becomes of a system under some load, in most runs. `overloaded`: it answers too little even
 * before the fault, or without it. `unclear`: no run of most can tell.
 */
export type Outcome = 'comes-back' | 'stuck' | 'overloaded' | 'unclear';

/** Some runs of a scenario under one load. */
export interface Trial {
  /** Multiple of the traffic of the file. */
  readonly factor: number;
  readonly outcome: Outcome;
  readonly runs: number;
  readonly stuck: number;
  readonly overloaded: number;
  readonly cameBack: number;
}

export interface TrialOptions {
  readonly scenario: string;
  readonly seed: number;
  readonly replications: number;
  readonly isCancelled?: (() => boolean) | undefined;
}

/** Less than this share of what is usual under the load of the file is overload. */
const OVERLOADED = 0.9;

/** Full answers for each request before the first fault, by service. */
export type Usual = ReadonlyMap<string, number>;

export function usualOf(runs: readonly ReplicationSummary[]): Usual {
  const shares = new Map<string, number[]>();
  for (const { comebacks } of runs) {
    for (const { service, usualRatio } of comebacks) {
      if (usualRatio === undefined) continue;
      shares.set(service, [...(shares.get(service) ?? []), usualRatio]);
    }
  }
  return new Map(
    [...shares].map(([name, all]) => [name, all.reduce((sum, one) => sum + one, 0) / all.length]),
  );
}

export type Runs =
  | { readonly kind: 'done'; readonly runs: readonly ReplicationSummary[] }
  | Exclude<ReturnType<typeof runSimulation>, SimulationRun>;

export function runTrial(model: Model, options: TrialOptions): Runs {
  const { isCancelled, ...others } = options;
  const result = runSimulation(model, { ...others, ...(isCancelled && { isCancelled }) });
  if (result.kind === 'refused' || result.kind === 'cancelled') return result;
  return result.partial ? { kind: 'cancelled' } : { kind: 'done', runs: result.replications };
}

/** @param usual under a load that is carried; what is far less is overload */
export function judgeTrial(
  runs: readonly ReplicationSummary[],
  factor: number,
  usual: Usual,
): Trial {
  let stuck = 0;
  let overloaded = 0;
  let cameBack = 0;
  for (const { comebacks } of runs) {
    const isOverloaded = comebacks.some(
      ({ reason, service, usualRatio = 0 }) =>
        reason === 'falling' || usualRatio < OVERLOADED * (usual.get(service) ?? 0),
    );
    if (isOverloaded) overloaded++;
    else if (comebacks.some(({ verdict }) => verdict === 'stuck')) stuck++;
    else if (comebacks.every(({ verdict }) => verdict !== 'unclear')) cameBack++;
  }
  const most = (count: number) => 2 * count > runs.length;
  const outcome = most(overloaded)
    ? 'overloaded'
    : most(stuck)
      ? 'stuck'
      : most(cameBack)
        ? 'comes-back'
        : most(stuck + overloaded)
          ? 'stuck'
          : 'unclear';
  return { factor, outcome, runs: runs.length, stuck, overloaded, cameBack };
}

export function isUnanimous({ cameBack, overloaded, runs, stuck }: Trial): boolean {
  return [cameBack, overloaded, stuck].includes(runs);
}
