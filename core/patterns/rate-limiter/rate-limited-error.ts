import { formatDuration } from '../../time/index.ts';
import { RejectedError } from '../common/rejected-error.ts';

/** A call was not made because it would have been one too many for the rate limiter in front of it. */
export class RateLimitedError extends RejectedError {
  static {
    RateLimitedError.prototype.name = 'RateLimitedError';
  }

  /** Name of the rate limiter. */
  readonly limiter: string;
  /** How long until a call is no longer rejected, ms. */
  readonly retryAfterMs: number;

  constructor(limiter: string, retryAfterMs: number) {
    super(`Rate limiter '${limiter}' is exhausted: next call in ${formatDuration(retryAfterMs)}`);
    this.limiter = limiter;
    this.retryAfterMs = retryAfterMs;
  }
}
