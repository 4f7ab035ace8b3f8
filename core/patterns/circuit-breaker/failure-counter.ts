import { requireInteger } from '../common/options.ts';
import { readCount } from './saved-data.ts';
import type { Trip } from './trip.ts';

export interface SavedFailureCounter {
  readonly kind: 'leaky' | 'consecutive';
  readonly failureCount: number;
}

/** A trip that counts failures up to a threshold; kinds differ in what a success takes off. */
export abstract class FailureCounter implements Trip {
  abstract readonly kind: SavedFailureCounter['kind'];
  readonly #failureThreshold: number;
  #failureCount = 0;

  /** @throws RangeError when the threshold is out of range. */
  constructor(failureThreshold: number) {
    this.#failureThreshold = requireInteger('failureThreshold', failureThreshold, 1);
  }

  /** What is left of the count after a success. */
  protected abstract afterSuccess(failureCount: number): number;

  get failureCount(): number {
    return this.#failureCount;
  }

  succeed(): boolean {
    this.#failureCount = this.afterSuccess(this.#failureCount);
    return false;
  }

  fail(): boolean {
    this.#failureCount += 1;
    return this.#failureCount >= this.#failureThreshold;
  }

  isSlow(): boolean {
    return false;
  }

  clear(): void {
    this.#failureCount = 0;
  }

  save(): SavedFailureCounter {
    return { kind: this.kind, failureCount: this.#failureCount };
  }

  restore({ failureCount }: Readonly<Record<string, unknown>>): void {
    this.#failureCount = readCount('snapshot.trip.failureCount', failureCount);
  }
}
