import type { RandomStream } from '../../time/index.ts';
import { requireInteger, requireNumber } from '../common/options.ts';
import { STOP } from '../common/stop.ts';
import { Backoff, type BackoffOptions } from './backoff.ts';
import type { RetryLimit } from './retry-limit.ts';

export interface RetryOptions {
  /** Tries in all, the first one included; 1 or more. */
  readonly attempts: number;
  readonly backoff: BackoffOptions;
  /** Shared by everything that retries towards the same place; without it there is no limit. */
  readonly budget?: RetryLimit;
  /**
   * The longest that a callee may ask a call without a deadline to wait; ms, by default 60 s, so that
   * none can hold its callers for as long as it likes.
   */
  readonly maxRetryAfterMs?: number;
}

/** Decides whether a failed call is tried again, and after how long. */
export class Retry {
  readonly #attempts: number;
  readonly #backoff: Backoff;
  readonly #budget: RetryLimit | undefined;
  readonly #maxRetryAfterMs: number;

  /** @throws RangeError when an option is out of range. */
  constructor({ attempts, backoff, budget, maxRetryAfterMs = 60_000 }: RetryOptions) {
    this.#attempts = requireInteger('attempts', attempts, 1);
    this.#backoff = new Backoff(backoff);
    this.#budget = budget;
    this.#maxRetryAfterMs = requireNumber('maxRetryAfterMs', maxRetryAfterMs);
  }

  /** A call was made for the first time: it earns its share of the budget. */
  recordCall(nowMs: number): void {
    this.#budget?.recordCall(nowMs);
  }

  /**
   * Asks for another try, which is then taken out of the budget.
   *
   * Who has been asked to come back later than he can wait does not come back at all: sooner, he
   * would only be sent away again.
   *
   * @param failedAttempts tries that have failed so far; 1 or more.
   * @param previousDelayMs what this method returned for the same call last time; at first 0.
   * @param random drawn from unless `jitter` is `none`.
   * @param retryAfterMs how long the callee asks to be left alone (as in HTTP's `Retry-After`): the
   * wait is at least that. By default 0.
   * @param remainingMs how long until the deadline of the whole call; by default infinite.
   * @returns how long to wait, ms; `STOP` when all attempts are used, when the try would not begin
   * before the deadline, when the callee asks for too long a wait, or when the budget is used up.
   */
  nextDelayMs(
    failedAttempts: number,
    previousDelayMs: number,
    random: RandomStream,
    nowMs: number,
    retryAfterMs = 0,
    remainingMs = Number.POSITIVE_INFINITY,
  ): number {
    if (failedAttempts >= this.#attempts) return STOP;
    const hasDeadline = remainingMs < Number.POSITIVE_INFINITY;
    if (!hasDeadline && retryAfterMs > this.#maxRetryAfterMs) return STOP;
    const ownDelayMs = this.#backoff.delayMs(failedAttempts, previousDelayMs, random);
    const delayMs = retryAfterMs > ownDelayMs ? retryAfterMs : ownDelayMs;
    if (delayMs >= remainingMs) return STOP;
    if (this.#budget !== undefined && !this.#budget.tryRetry(nowMs)) return STOP;
    return delayMs;
  }
}
