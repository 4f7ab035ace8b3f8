import { requireNumber } from '../common/options.ts';
import { SlidingWindow } from '../common/sliding-window.ts';
import type { RetryLimit } from './retry-limit.ts';

export interface RetryBudgetOptions {
  /** Retries allowed as a share of calls; 0 or more (0.1 is 10 %). */
  readonly ratio: number;
  /**
   * Retries per second that are always allowed, so that one failure at little traffic can be
   * retried; 0 or more, by default 3.
   */
  readonly minRetriesPerSecond?: number;
}

const WINDOW_MS = 10_000;
const BUCKETS = 10;

const CALLS = 0;
const RETRIES = 1;
const COLUMNS = 2;

/**
 * Limits retries to a share of the calls of the last ten seconds, so that they cannot multiply the
 * load on something that is already failing. Retries are not calls: they earn no further retries.
 * The copies of a hedged call, which are retries that do not wait for the failure, are limited in
 * the same way, and may share the budget.
 *
 * Ten seconds and the idea of a floor come from Finagle's `RetryBudget`. Its floor of 10/s comes on
 * top of the share and would make a budget of 10 % mean nothing below 100 calls a second, so here,
 * as in Gateway API's retry budget, the larger of the two holds, and the floor is 3/s by default.
 * `TokenBudget` saves up what quiet times leave instead.
 */
export class RetryBudget implements RetryLimit {
  readonly #ratio: number;
  readonly #floor: number;
  readonly #window = new SlidingWindow(WINDOW_MS, BUCKETS, COLUMNS);

  /** @throws RangeError when an option is out of range. */
  constructor({ ratio, minRetriesPerSecond = 3 }: RetryBudgetOptions) {
    this.#ratio = requireNumber('ratio', ratio);
    this.#floor = (requireNumber('minRetriesPerSecond', minRetriesPerSecond) * WINDOW_MS) / 1_000;
  }

  recordCall(nowMs: number): void {
    this.#window.advance(nowMs);
    this.#window.add(CALLS, 1);
  }

  tryRetry(nowMs: number): boolean {
    this.#window.advance(nowMs);
    const calls = this.#window.total(CALLS);
    const retries = this.#window.total(RETRIES);
    if (retries + 1 > Math.max(calls * this.#ratio, this.#floor)) return false;
    this.#window.add(RETRIES, 1);
    return true;
  }
}
