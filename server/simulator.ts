import type { CancellationToken } from 'vscode-languageserver';
import type { Judging, SimulationOptions, SimulationOutcome } from '../core/index.ts';

/** Everything a simulation needs, as plain data that can cross to another thread. */
export interface SimulationJob {
  readonly text: string;
  readonly file: string;
  /** How the config is judged, for what the report says of it. */
  readonly judging: Judging;
  readonly options: Pick<SimulationOptions, 'scenario' | 'seed' | 'replications'>;
}

/** Runs simulations beside the server, so that typing never waits for one. */
export interface Simulator {
  /** Rejects only when the simulation broke down; cancelling gives the outcome `cancelled`. */
  run(
    job: SimulationJob,
    onProgress: (fraction: number) => void,
    token: CancellationToken,
  ): Promise<SimulationOutcome>;
  dispose(): void;
}
