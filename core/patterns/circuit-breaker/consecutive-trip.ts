import { FailureCounter } from './failure-counter.ts';

export interface ConsecutiveTripOptions {
  readonly kind: 'consecutive';
  /** Failures in a row that open the breaker; 1 or more. */
  readonly failureThreshold: number;
}

/**
 * Opens after so many failures in a row, like cockatiel's `ConsecutiveBreaker` and gobreaker unless
 * told otherwise. Quick to notice what is down altogether; blind to what fails half of the time.
 */
export class ConsecutiveTrip extends FailureCounter {
  readonly kind = 'consecutive';

  /** @throws RangeError when an option is out of range. */
  constructor({ failureThreshold }: ConsecutiveTripOptions) {
    super(failureThreshold);
  }

  protected afterSuccess(): number {
    return 0;
  }
}
