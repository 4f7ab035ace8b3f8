import type {
  ComebackOutcome,
  ReachOutcome,
  RunProgress,
  SimulationOutcome,
} from '../../core/index.ts';
import type { ComebackJob, ReachJob, SimulationJob } from '../simulator.ts';

/** What the worker can do, by name, with what it takes and gives. */
export interface WorkerTasks {
  readonly simulate: { readonly job: SimulationJob; readonly outcome: SimulationOutcome };
  readonly reach: { readonly job: ReachJob; readonly outcome: ReachOutcome };
  readonly comeback: { readonly job: ComebackJob; readonly outcome: ComebackOutcome };
}

/** To the worker: do this, and look at the signals now and then. */
export type WorkerRequest = {
  readonly [Task in keyof WorkerTasks]: WorkerTasks[Task]['job'] & {
    readonly task: Task;
    /**
     * Of `Signals`, in shared memory: a busy worker reads no messages, but it can read this. Absent
     * where there is no such memory, as in most pages of a browser; `CANCEL` is sent instead.
     */
    readonly signals?: SharedArrayBuffer;
  };
}[keyof WorkerTasks];

/** To the worker: stop what you do. Heard by those that listen between two pieces of their work. */
export const CANCEL = 'cancel';

/** What a job comes to; every task can be cancelled. */
export type WorkerOutcome = WorkerTasks[keyof WorkerTasks]['outcome'];

/** From the worker, about the one job that it works on. */
export type WorkerMessage =
  | {
      readonly kind: 'progress';
      readonly fraction: number;
      /** Of a simulation. */
      readonly progress?: RunProgress;
    }
  | { readonly kind: 'outcome'; readonly outcome: WorkerOutcome };
