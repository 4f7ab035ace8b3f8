import { requireNumber } from '../common/options.ts';
import type { RetryLimit } from './retry-limit.ts';

export interface TokenBudgetOptions {
  /** Of a token, what each call adds; 0 or more (0.1 allows retries for 10 % of the calls). */
  readonly ratio: number;
  /** Tokens that can be saved up, and those that there are at first; 1 or more. */
  readonly burst: number;
}

/** Ten times a tenth of a token is a token, whatever the last digit says. */
const ROUNDING = 1e-9;

/**
 * Limits retries by a token bucket: each call adds `ratio` of a token, up to `burst`, and each retry
 * takes a whole one. It knows no time: what was saved lasts through a quiet night, and a few failures
 * after it are all retried, so it needs no floor for little traffic; an outage is retried `burst` times,
 * and then as often as the share of calls allows.
 *
 * The adaptive strategy of M. Brooker, "Fixing retries with token buckets and circuit breakers" (2022),
 * which adds a tenth and holds five; the AWS SDKs keep such a bucket for each client, and fill it with
 * successes. gRPC's `retryThrottling` differs: every failure takes a token there, retried or not, and
 * retries stop while less than half are left.
 */
export class TokenBudget implements RetryLimit {
  readonly #ratio: number;
  readonly #burst: number;
  #tokens: number;

  /** @throws RangeError when an option is out of range. */
  constructor({ ratio, burst }: TokenBudgetOptions) {
    this.#ratio = requireNumber('ratio', ratio);
    this.#burst = requireNumber('burst', burst, 1);
    this.#tokens = this.#burst;
  }

  recordCall(): void {
    this.#tokens = Math.min(this.#burst, this.#tokens + this.#ratio);
  }

  tryRetry(): boolean {
    if (this.#tokens < 1 - ROUNDING) return false;
    this.#tokens = Math.max(0, this.#tokens - 1);
    return true;
  }
}
