import { formatDuration } from '../../time/index.ts';
import { PolicyError } from '../common/policy-error.ts';

/** Something took longer than it may. Whether it goes on without its caller is not known here. */
export class TimeoutError extends PolicyError {
  static {
    TimeoutError.prototype.name = 'TimeoutError';
  }

  /** What took too long, as a message can name it: `call 'payments'`. */
  readonly what: string;
  /** How long it was waited for, ms. */
  readonly timeoutMs: number;

  constructor(what: string, timeoutMs: number) {
    super(`Timeout of ${what}: no answer within ${formatDuration(timeoutMs)}`);
    this.what = what;
    this.timeoutMs = timeoutMs;
  }
}
