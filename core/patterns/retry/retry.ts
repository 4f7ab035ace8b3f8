import type { RandomStream } from '../../time/index.ts';
import { requireInteger, requireNumber } from '../common/options.ts';
import type { RetryBudget } from './retry-budget.ts';

/**
 * How chance spreads the waits of callers that failed together, as in Marc Brooker's "Exponential
 * Backoff And Jitter" (AWS, 2015):
 * - `none`: the whole wait.
 * - `full`: anything from nothing to the whole wait.
 * - `equal`: half of the wait, and anything up to the other half.
 * - `decorrelated`: anything from the first wait to three times the previous one, which counts as
 *   the first wait before there is any. Grows by itself, so `factor` has no part in it.
 */
export type JitterKind = 'none' | 'full' | 'equal' | 'decorrelated';

export interface BackoffOptions {
  /** Wait before the first retry; ms, 0 or more. */
  readonly initialMs: number;
  /** How much longer each wait is than the one before; 1 or more, by default 2. */
  readonly factor?: number;
  /** No wait is longer; ms, 0 or more. */
  readonly maxMs: number;
  readonly jitter: JitterKind;
}

export interface RetryOptions {
  /** Tries in all, the first one included; 1 or more. */
  readonly attempts: number;
  readonly backoff: BackoffOptions;
  /** Shared by everything that retries towards the same place; without it there is no limit. */
  readonly budget?: RetryBudget;
}

/** What `nextDelayMs` returns in place of a wait when the call must not be tried again. */
export const STOP = -1;

/** Decides whether a failed call is tried again, and after how long. */
export class Retry {
  readonly #attempts: number;
  readonly #initialMs: number;
  readonly #factor: number;
  readonly #maxMs: number;
  readonly #jitter: JitterKind;
  readonly #budget: RetryBudget | undefined;

  /** @throws RangeError when an option is out of range. */
  constructor({ attempts, backoff, budget }: RetryOptions) {
    this.#attempts = requireInteger('attempts', attempts, 1);
    this.#initialMs = requireNumber('backoff.initialMs', backoff.initialMs);
    this.#factor = requireNumber('backoff.factor', backoff.factor ?? 2, 1);
    this.#maxMs = requireNumber('backoff.maxMs', backoff.maxMs);
    this.#jitter = backoff.jitter;
    this.#budget = budget;
  }

  /** A call was made for the first time: it earns its share of the budget. */
  recordCall(nowMs: number): void {
    this.#budget?.recordCall(nowMs);
  }

  /**
   * Asks for another try, which is then taken out of the budget.
   *
   * @param failedAttempts tries that have failed so far; 1 or more.
   * @param previousDelayMs what this method returned for the same call last time; at first 0.
   * @param random drawn from unless `jitter` is `none`.
   * @returns how long to wait, ms; `STOP` when all attempts are used or the budget is.
   */
  nextDelayMs(
    failedAttempts: number,
    previousDelayMs: number,
    random: RandomStream,
    nowMs: number,
  ): number {
    if (failedAttempts >= this.#attempts) return STOP;
    if (this.#budget !== undefined && !this.#budget.tryRetry(nowMs)) return STOP;
    return this.#delayMs(failedAttempts, previousDelayMs, random);
  }

  #delayMs(failedAttempts: number, previousDelayMs: number, random: RandomStream): number {
    if (this.#jitter === 'decorrelated') {
      const longest = Math.max(this.#initialMs, previousDelayMs) * 3;
      const delayMs = this.#initialMs + random.next() * (longest - this.#initialMs);
      return Math.min(this.#maxMs, delayMs);
    }
    // Kept finite, because 0 ms times infinity is not a number.
    const growth = Math.min(this.#factor ** (failedAttempts - 1), Number.MAX_VALUE);
    const wholeMs = Math.min(this.#maxMs, this.#initialMs * growth);
    switch (this.#jitter) {
      case 'none':
        return wholeMs;
      case 'full':
        return random.next() * wholeMs;
      case 'equal':
        return wholeMs / 2 + (random.next() * wholeMs) / 2;
    }
  }
}
