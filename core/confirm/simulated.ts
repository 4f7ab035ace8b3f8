import type { ObjectiveResult } from '../report/report.ts';

/** An objective in a simulation, before and after a change, with the same random numbers. */
export interface Simulated {
  /** What was simulated, as the beginning of a sentence: `In 10m of the usual traffic`. */
  readonly what: string;
  readonly before: string;
  readonly after: string;
  /** Whether the objective is met after the change; `unclear` when chance leaves both open. */
  readonly status: ObjectiveResult['status'];
}

export interface ConfirmOptions {
  readonly isCancelled?: () => boolean;
  /** Told how much is done, in [0, 1]. */
  readonly onProgress?: (fraction: number) => void;
}

/** One of several equal stages: it tells how far it is, as a part of the whole. */
export function stage<T extends ConfirmOptions>(options: T, index: number, count: number): T {
  const { onProgress } = options;
  if (!onProgress) return options;
  return { ...options, onProgress: (fraction) => onProgress((index + fraction) / count) };
}

/** A simulation that was given up because nobody waits for it any more. */
export class Cancelled extends Error {
  override readonly name = 'Cancelled';
}
