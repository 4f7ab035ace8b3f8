import type { RandomStream } from '../../time/index.ts';
import { requireNumber } from '../common/options.ts';

/**
 * How the waits between tries grow:
 * - `constant`: each is the first wait.
 * - `linear`: the second is twice the first, the third three times, and so on.
 * - `exponential`: each is `factor` times the one before.
 */
export type BackoffKind = 'constant' | 'linear' | 'exponential';

/**
 * How chance spreads the waits of callers that failed together, as in Marc Brooker's "Exponential
 * Backoff And Jitter" (AWS, 2015):
 * - `none`: the whole wait.
 * - `full`: anything from nothing to the whole wait.
 * - `equal`: half of the wait, and anything up to the other half.
 * - `decorrelated`: anything from the first wait to three times the previous one, which counts as
 *   the first wait before there is any. Grows by itself, so `kind` and `factor` have no part in it.
 */
export type JitterKind = 'none' | 'full' | 'equal' | 'decorrelated';

export interface BackoffOptions {
  /** By default `exponential`. */
  readonly kind?: BackoffKind;
  /** Wait before the first retry; ms, 0 or more. */
  readonly initialMs: number;
  /** How much longer each exponential wait is than the one before; 1 or more, by default 2. */
  readonly factor?: number;
  /** No wait is longer; ms, 0 or more. */
  readonly maxMs: number;
  readonly jitter: JitterKind;
}

/** How long to wait before each retry. */
export class Backoff {
  readonly #kind: BackoffKind;
  readonly #initialMs: number;
  readonly #factor: number;
  readonly #maxMs: number;
  readonly #jitter: JitterKind;

  /** @throws RangeError when an option is out of range. */
  constructor({ kind = 'exponential', initialMs, factor = 2, maxMs, jitter }: BackoffOptions) {
    this.#kind = kind;
    this.#initialMs = requireNumber('backoff.initialMs', initialMs);
    this.#factor = requireNumber('backoff.factor', factor, 1);
    this.#maxMs = requireNumber('backoff.maxMs', maxMs);
    this.#jitter = jitter;
  }

  /**
   * @param retry which one it is; the first is 1.
   * @param previousDelayMs how long was waited before the previous one; 0 for the first.
   * @param random drawn from once, unless `jitter` is `none`.
   */
  delayMs(retry: number, previousDelayMs: number, random: RandomStream): number {
    switch (this.#jitter) {
      case 'none':
        return this.#wholeMs(retry);
      case 'full':
        return random.next() * this.#wholeMs(retry);
      case 'equal': {
        const wholeMs = this.#wholeMs(retry);
        return wholeMs / 2 + (random.next() * wholeMs) / 2;
      }
      case 'decorrelated': {
        const longestMs = finite(Math.max(this.#initialMs, previousDelayMs) * 3);
        const delayMs = this.#initialMs + random.next() * (longestMs - this.#initialMs);
        return Math.min(this.#maxMs, delayMs);
      }
    }
  }

  #wholeMs(retry: number): number {
    return Math.min(this.#maxMs, this.#initialMs * finite(this.#growth(retry)));
  }

  #growth(retry: number): number {
    switch (this.#kind) {
      case 'constant':
        return 1;
      case 'linear':
        return retry;
      case 'exponential':
        return this.#factor ** (retry - 1);
    }
  }
}

/** Waits grow past all numbers in time, and 0 ms times infinity is not a number. */
function finite(value: number): number {
  return Math.min(value, Number.MAX_VALUE);
}
