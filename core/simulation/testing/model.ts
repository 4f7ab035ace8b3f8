import { readConfig } from '../../config/index.ts';
import type { Model } from '../../model/model.ts';
import type { ReplicationSummary } from '../replication.ts';
import { runSimulation, type SimulationOptions, type SimulationRun } from '../run.ts';
import type { World } from '../world.ts';

/** The model of a config that is expected to be sound. `version: 1` is put in front. */
export function modelOf(yaml: string): Model {
  const { model, problems } = readConfig(`version: 1\n${yaml}`, 'test.resilience.yaml');
  const errors = problems.filter(({ severity }) => severity === 'error');
  if (errors.length > 0) throw new Error(errors.map(({ message }) => message).join('\n'));
  return model;
}

/** Simulates a config that is expected not to be refused. */
export function simulated(yaml: string, options: SimulationOptions = {}): SimulationRun {
  const result = runSimulation(modelOf(yaml), options);
  if (result.kind === 'done') return result;
  const reasons = result.kind === 'refused' ? result.problems.map(({ message }) => message) : [];
  throw new Error(`The simulation was ${result.kind}. ${reasons.join('\n')}`);
}

/** One caller that sends one request after the other to `client`. */
export const oneCaller = (requests: number, faults = ''): string => `
scenarios:
  load: { load: { requests: ${requests}, callers: 1, services: [client] }, faults: [${faults}] }
simulation: { duration: 1h, replications: 1 }
`;

/** What came of the first replication of the scenario `load`, and the world as it was left. */
export function loadTest(yaml: string): ReplicationSummary & { readonly world: World } {
  const { first, replications } = simulated(yaml, { scenario: 'load' });
  return { ...(replications[0] as ReplicationSummary), world: first.world };
}
