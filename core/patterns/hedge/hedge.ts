import { requireInteger, requireNumber } from '../common/options.ts';
import { STOP } from '../common/stop.ts';
import type { RetryLimit } from '../retry/retry-limit.ts';

export interface HedgeOptions {
  /**
   * How long to wait for an answer, from when the last copy was sent, before the next is sent; ms, 0
   * or more. Dean and Barroso advise what 95 % of the calls take, which sends 5 % more of them.
   */
  readonly delayMs: number;
  /** Copies in all, the first one included; 1 or more. */
  readonly attempts: number;
  /** Shared by everything that sends more than it must to the same place; else without limit. */
  readonly budget?: RetryLimit;
}

/**
 * What a failed copy leads to: another one is to be sent now, the others are to be waited for, or
 * the call has failed.
 */
export type HedgeStep = 'send' | 'wait' | 'fail';

/**
 * Decides when a call that is not answered yet is made once more, beside what already runs: the
 * hedged request of Dean and Barroso, "The Tail at Scale" (2013). The first success is the answer,
 * and the other copies are to be cancelled; the call fails only when all copies have. Only for calls
 * that may be made twice without harm.
 *
 * A copy that fails tells as much as one that is late, so the next is sent at once.
 */
export class Hedge {
  readonly #delayMs: number;
  readonly #attempts: number;
  readonly #budget: RetryLimit | undefined;

  /** @throws RangeError when an option is out of range. */
  constructor({ delayMs, attempts, budget }: HedgeOptions) {
    this.#delayMs = requireNumber('delayMs', delayMs);
    this.#attempts = requireInteger('attempts', attempts, 1);
    this.#budget = budget;
  }

  /** A call was made: its first copy earns its share of the budget. */
  recordCall(nowMs: number): void {
    this.#budget?.recordCall(nowMs);
  }

  /**
   * How long after sending the last copy `trySend` is to be asked for the next one, ms; `STOP` when
   * all of them are sent.
   *
   * @param sent copies so far; 1 or more.
   */
  nextDelayMs(sent: number): number {
    return sent < this.#attempts ? this.#delayMs : STOP;
  }

  /**
   * Asks for another copy, which is then taken out of the budget.
   *
   * @param sent copies so far; 1 or more.
   */
  trySend(sent: number, nowMs: number): boolean {
    return sent < this.#attempts && (this.#budget === undefined || this.#budget.tryRetry(nowMs));
  }

  /**
   * A copy has failed, and none has succeeded yet. Another one is asked for as by `trySend`.
   *
   * @param failed copies that have failed so far, this one included.
   */
  afterFailure(sent: number, failed: number, nowMs: number): HedgeStep {
    if (this.trySend(sent, nowMs)) return 'send';
    return failed < sent ? 'wait' : 'fail';
  }
}
