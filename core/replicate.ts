/** The replications of a simulation as tasks for threads: only plain data goes in and comes out. */
import { type Analysis, analyse } from './analyse.ts';
import type { Judging } from './judge.ts';
import {
  type SimulationChoice,
  type SimulationPart,
  simulatePart,
  simulateYears,
} from './simulate.ts';

/** A config and how to simulate it, as plain data. */
export interface SimulationJob {
  readonly text: string;
  readonly file: string;
  readonly judging: Judging;
  readonly choice: SimulationChoice;
}

/** The schema allows no more. */
const MOST_REPLICATIONS = 10_000;

/** One replication of a simulation, for whatever thread. */
export interface ReplicationTask extends SimulationJob {
  readonly replication: number;
  readonly signals: SharedArrayBuffer;
}

/**
 * What threads tell each other while they are too busy for messages: whether to stop, and how far each
 * replication is.
 */
export class Signals {
  readonly buffer: SharedArrayBuffer;
  readonly #stop: Int32Array;
  /** Virtual time of each replication, ms. */
  readonly #times: Float64Array;

  constructor(buffer: SharedArrayBuffer) {
    this.buffer = buffer;
    this.#stop = new Int32Array(buffer, 0, 1);
    this.#times = new Float64Array(buffer, Float64Array.BYTES_PER_ELEMENT);
  }

  /** For whatever can share memory; nothing where that is not to be had, as in most pages. */
  static shared(): Signals | undefined {
    return typeof SharedArrayBuffer === 'undefined' ? undefined : Signals.forReplications();
  }

  static forReplications(): Signals {
    const numbers = MOST_REPLICATIONS + 1;
    return new Signals(new SharedArrayBuffer(numbers * Float64Array.BYTES_PER_ELEMENT));
  }

  stop(): void {
    Atomics.store(this.#stop, 0, 1);
  }

  get isStopped(): boolean {
    return Atomics.load(this.#stop, 0) !== 0;
  }

  note(replication: number, nowMs: number): void {
    this.#times[replication] = nowMs;
  }

  /** Of all replications together. */
  get simulatedMs(): number {
    return this.#times.reduce((sum, ms) => sum + ms, 0);
  }
}

/** The years of a simulation, for whatever thread. */
export interface YearsTask extends SimulationJob {
  readonly years: number;
  readonly seed: number;
  readonly signals: SharedArrayBuffer;
}

/** Of the last job: a thread gets many replications of the same. */
let last: { readonly job: SimulationJob; readonly analysis: Analysis } | undefined;

/** Runs one replication; `Signals` end it early. */
export async function replicate(task: ReplicationTask): Promise<SimulationPart> {
  const signals = new Signals(task.signals);
  const { choice, replication } = task;
  return simulatePart(analysed(task), choice, replication, (nowMs) => {
    signals.note(replication, nowMs);
    return !signals.isStopped;
  });
}

/** Lets components fail and be repaired for years; `Signals` end it early. */
export async function runYears(task: YearsTask) {
  const signals = new Signals(task.signals);
  return simulateYears(analysed(task), task.years, task.seed, () => signals.isStopped);
}

function analysed(job: SimulationJob): Analysis {
  if (last && last.job.text === job.text && last.job.file === job.file) return last.analysis;
  const analysis = analyse(job.text, job.file, job.judging);
  last = { job, analysis };
  return analysis;
}
