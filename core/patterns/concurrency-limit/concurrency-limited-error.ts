import { RejectedError } from '../common/rejected-error.ts';

/** A call was not made because as many are under way as the callee is thought to bear. */
export class ConcurrencyLimitedError extends RejectedError {
  static {
    ConcurrencyLimitedError.prototype.name = 'ConcurrencyLimitedError';
  }

  /** Name of the concurrency limit. */
  readonly limiter: string;
  /** How many calls it allowed at once at that time. */
  readonly limit: number;

  constructor(limiter: string, limit: number) {
    super(`Concurrency limit '${limiter}' is reached: ${limit} at once`);
    this.limiter = limiter;
    this.limit = limit;
  }
}
