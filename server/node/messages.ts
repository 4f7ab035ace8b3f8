import type { SimulationOutcome } from '../../core/index.ts';
import type { SimulationJob } from '../simulator.ts';

/** To the worker: run this, and look at `cancelled` now and then. */
export interface WorkerRequest extends SimulationJob {
  /** One 32-bit number in shared memory: a busy worker reads no messages, but it can read this. */
  readonly cancelled: SharedArrayBuffer;
}

/** From the worker, about the one job that it works on. */
export type WorkerMessage =
  | { readonly kind: 'progress'; readonly fraction: number }
  | { readonly kind: 'outcome'; readonly outcome: SimulationOutcome };
