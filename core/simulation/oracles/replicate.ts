import { type Replication, runReplication } from '../replication.ts';
import { modelOf } from '../testing/model.ts';
import type { OracleConfig } from './configs.ts';

/** In which requests come that come at times of their own. */
const TRACE_MS = 3_600_000;

/**
 * Independent runs of a case, each from an idle system.
 *
 * @param runs how many, from replication `first` on
 * @param requests of each of them, about
 */
export function replicate(
  { perSecond, yaml }: OracleConfig,
  runs: number,
  requests: number,
  first = 0,
): Replication[] {
  const durationMs = perSecond === undefined ? TRACE_MS : (1000 * requests) / perSecond;
  const model = modelOf(`${yaml}\nsimulation: { duration: ${durationMs.toFixed(3)}ms }\n`);
  return Array.from({ length: runs }, (_, index) => {
    const run = runReplication(model, {
      scenario: undefined,
      seed: 1,
      replication: first + index,
      mostEvents: Number.POSITIVE_INFINITY,
      journal: () => {},
      goOn: () => true,
    });
    if (!run) throw new Error('The run was given up.');
    return run;
  });
}
