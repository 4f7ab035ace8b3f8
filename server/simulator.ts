import type { CancellationToken } from 'vscode-languageserver';
import type {
  ComebackOutcome,
  Judging,
  ObjectiveName,
  ReachOutcome,
  RunProgress,
  SimulationChoice,
  SimulationOutcome,
} from '../core/index.ts';

/** A config, as plain data that can cross to another thread. */
export interface ConfigJob {
  readonly text: string;
  readonly file: string;
  /** How the config is judged, for what is said of it. */
  readonly judging: Judging;
}

/** Everything a simulation needs. */
export interface SimulationJob extends ConfigJob {
  readonly options: SimulationChoice;
}

/** What a search for a change that meets an objective needs. */
export interface ReachJob extends ConfigJob {
  /** One that the config has. */
  readonly objective: ObjectiveName;
}

/** What a search for the load from which a system stays down needs. */
export interface ComebackJob extends ConfigJob {
  readonly options: { readonly scenario?: string };
}

/** Runs simulations, and what takes as long, beside the server, so that typing never waits for one. */
export interface Simulator {
  /**
   * Rejects only when the simulation broke down; cancelling gives the outcome `partial`, or `cancelled`
   * where nothing was there yet.
   */
  run(
    job: SimulationJob,
    onProgress: (fraction: number, progress?: RunProgress) => void,
    token: CancellationToken,
  ): Promise<SimulationOutcome>;
  /** As `run`. */
  reach(
    job: ReachJob,
    onProgress: (fraction: number) => void,
    token: CancellationToken,
  ): Promise<ReachOutcome>;
  /** As `run`. */
  comeback(
    job: ComebackJob,
    onProgress: (fraction: number) => void,
    token: CancellationToken,
  ): Promise<ComebackOutcome>;
  dispose(): void;
}
