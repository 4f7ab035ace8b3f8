import { requireInteger } from '../common/options.ts';
import { Aimd, type AimdOptions } from './aimd.ts';
import { Gradient, type GradientOptions } from './gradient.ts';
import type { LimitAlgorithm } from './limit-algorithm.ts';

export interface ConcurrencyLimitOptions {
  /** What moves the limit: overloads (`aimd`), or how long calls take (`gradient`). */
  readonly algorithm: AimdOptions | GradientOptions;
  /** The limit at first; from `min` to `max`. */
  readonly initial: number;
  /** 1 or more. */
  readonly min: number;
  /** `min` or more. */
  readonly max: number;
}

/**
 * How a call ended: it was answered (`success`); there was too much work for it, so that it was
 * refused or timed out (`overload`); or in a way that says nothing about the callee's load
 * (`ignore`), such as a cancellation.
 */
export type CallOutcome = 'success' | 'overload' | 'ignore';

/**
 * Limits how many calls run at once to what the callee turns out to bear, found by trying: where a
 * bulkhead has a size that somebody has to know, this has bounds. Who finds the limit reached is
 * rejected at once; queueing here would only hide the overload.
 *
 * When the limit falls below what runs already, nobody is admitted until enough of that has ended.
 */
export class ConcurrencyLimit {
  readonly #algorithm: LimitAlgorithm;
  readonly #min: number;
  readonly #max: number;
  #limit: number;
  #inFlight = 0;
  #elapsedMs = 0;
  #lastMs = Number.POSITIVE_INFINITY;

  /** @throws RangeError when an option is out of range. */
  constructor({ algorithm, initial, min, max }: ConcurrencyLimitOptions) {
    this.#min = requireInteger('min', min, 1);
    this.#max = requireInteger('max', max, min);
    this.#limit = requireInteger('initial', initial, min);
    if (initial > max) throw new RangeError(`initial must be at most ${max}, not ${initial}`);
    this.#algorithm = algorithm.kind === 'aimd' ? new Aimd(algorithm) : new Gradient(algorithm);
  }

  /** How many calls may run at once. */
  get limit(): number {
    return Math.floor(this.#limit);
  }

  /** How many calls run. */
  get inFlight(): number {
    return this.#inFlight;
  }

  /**
   * Asks to make a call.
   *
   * @returns whether it may be made; then it must be released once it has ended.
   */
  tryAcquire(): boolean {
    if (this.#inFlight >= this.limit) return false;
    this.#inFlight += 1;
    return true;
  }

  /** An admitted call has ended after `durationMs`. Does nothing when none is under way. */
  release(nowMs: number, durationMs: number, outcome: CallOutcome): void {
    if (this.#inFlight === 0) return;
    this.#elapsedMs += Math.max(0, nowMs - this.#lastMs);
    this.#lastMs = nowMs;
    if (outcome !== 'ignore') {
      const next = this.#algorithm.next(
        this.#limit,
        this.#inFlight,
        this.#elapsedMs,
        Math.max(0, durationMs),
        outcome === 'overload',
      );
      this.#limit = Math.min(this.#max, Math.max(this.#min, next));
    }
    this.#inFlight -= 1;
  }
}
