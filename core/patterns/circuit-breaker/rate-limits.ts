import { requireInteger, requireNumber, requireRate } from '../common/options.ts';

export interface RateLimitsOptions {
  /** Share of failed calls in the window that opens the breaker; in (0, 1]. */
  readonly failureRate: number;
  /**
   * Share of slow calls in the window, failed or not, that opens the breaker; in (0, 1]. Without
   * it, and `slowCallMs`, no call is slow.
   */
  readonly slowCallRate?: number;
  /** A call that takes longer is slow; ms, 0 or more. */
  readonly slowCallMs?: number;
  /** With fewer calls in the window, the rates mean nothing and the breaker stays closed. */
  readonly minimumCalls?: number;
}

/**
 * Which rates are too high for a window of calls. A rate that is reached is too high (`>=`, as in
 * resilience4j, Polly and Failsafe), and so a rate of 1 can be reached.
 */
export class RateLimits {
  readonly #failureRate: number;
  readonly #slowCallRate: number;
  readonly #slowCallMs: number;
  readonly #minimumCalls: number;

  /**
   * @param minimumCalls unless the options say otherwise.
   * @throws RangeError when an option is out of range, or half of what slow means is missing.
   */
  constructor(options: RateLimitsOptions, minimumCalls: number) {
    const { slowCallMs, slowCallRate } = options;
    if ((slowCallMs === undefined) !== (slowCallRate === undefined)) {
      throw new RangeError('slowCallRate and slowCallMs mean nothing without each other');
    }
    this.#failureRate = requireRate('failureRate', options.failureRate);
    this.#slowCallRate = requireRate('slowCallRate', slowCallRate ?? 1);
    this.#slowCallMs =
      slowCallMs === undefined ? Number.POSITIVE_INFINITY : requireNumber('slowCallMs', slowCallMs);
    this.#minimumCalls = requireInteger('minimumCalls', options.minimumCalls ?? minimumCalls, 1);
  }

  isSlow(durationMs: number): boolean {
    return durationMs > this.#slowCallMs;
  }

  /** Divides, since only a quotient is the very number that a rate such as 0.7 is written as. */
  areReached(calls: number, failures: number, slowCalls: number): boolean {
    return (
      calls >= this.#minimumCalls &&
      (failures / calls >= this.#failureRate || slowCalls / calls >= this.#slowCallRate)
    );
  }
}
