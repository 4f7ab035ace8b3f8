import { requireInteger, requireNumber, requirePositive } from '../common/options.ts';
import { REJECTED } from '../common/rejected.ts';

export interface RateLimiterOptions {
  /** Calls per second in the long run; more than 0. */
  readonly ratePerSecond: number;
  /** Calls that may be made at once after a quiet time; 1 or more. */
  readonly burst: number;
  /** The longest that a call may be told to wait for its turn; ms, by default 0: it is rejected. */
  readonly maxWaitMs?: number;
}

/**
 * Times that are closer than this are the same, ms. Times since 1970 come in steps of 0.0002 ms, and
 * nobody shall be rejected, or start to wait, because of what that rounds off.
 */
const SAME_MS = 1e-3;

/**
 * A token bucket: in any stretch of time, up to `burst` calls and another `ratePerSecond` for each
 * of its seconds (RFC 2215, 3.6).
 *
 * A call that finds the bucket empty may have a token that is still to come, as in Guava's
 * `RateLimiter`, and is told how long to wait for it. Tokens come in the order in which they were
 * asked for, so nobody who comes later goes first.
 *
 * What is in the bucket is worked out from when it was last full, not added up bit by bit, so
 * rounding grows neither with the number of calls nor with the length of a pause. When the clock
 * steps back, the bucket stands still for the step and fills on from there.
 */
export class RateLimiter {
  readonly #intervalMs: number;
  readonly #burst: number;
  readonly #maxWaitMs: number;
  #fullAtMs = 0;
  /** Tokens taken since the bucket was full, those to come included. */
  #taken = 0;
  #lastMs = 0;

  /** @throws RangeError when an option is out of range. */
  constructor({ ratePerSecond, burst, maxWaitMs = 0 }: RateLimiterOptions) {
    // Kept finite, because no tokens times infinity is not a number.
    const intervalMs = 1_000 / requirePositive('ratePerSecond', ratePerSecond);
    this.#intervalMs = Math.min(intervalMs, Number.MAX_VALUE);
    this.#burst = requireInteger('burst', burst, 1);
    this.#maxWaitMs = requireNumber('maxWaitMs', maxWaitMs);
  }

  /**
   * Asks to make a call.
   *
   * @returns after how many ms it may be made, 0 being now; `REJECTED` if that is more than
   * `maxWaitMs`, and then nothing has been taken.
   */
  take(nowMs: number): number {
    const waitMs = this.#waitMs(nowMs);
    if (waitMs - this.#maxWaitMs >= SAME_MS) return REJECTED;
    this.#taken += 1;
    return waitMs < SAME_MS ? 0 : Math.min(waitMs, this.#maxWaitMs);
  }

  /**
   * One of those who wait does so no longer. Whoever waits behind moves up by one turn, and the last
   * of the turns is free again: so nobody is overtaken, and no turn is lost.
   */
  giveBack(nowMs: number): void {
    this.#refill(nowMs);
    this.#taken = Math.max(0, this.#taken - 1);
  }

  /** How long until `take` no longer rejects, ms; 0 when it would not now. */
  retryAfterMs(nowMs: number): number {
    const tooLongMs = this.#waitMs(nowMs) - this.#maxWaitMs;
    return tooLongMs < SAME_MS ? 0 : tooLongMs;
  }

  /** How long until the next token; less than 0 when it is there already. */
  #waitMs(nowMs: number): number {
    this.#refill(nowMs);
    return (this.#taken + 1 - this.#burst) * this.#intervalMs - (nowMs - this.#fullAtMs);
  }

  #refill(nowMs: number): void {
    if (nowMs < this.#lastMs) this.#fullAtMs -= this.#lastMs - nowMs;
    this.#lastMs = nowMs;
    if (nowMs - this.#fullAtMs < this.#taken * this.#intervalMs) return;
    this.#fullAtMs = nowMs;
    this.#taken = 0;
  }
}
