import { FailureCounter } from './failure-counter.ts';

export interface LeakyTripOptions {
  readonly kind: 'leaky';
  /** Failures, less the successes among them, that open the breaker; 1 or more. */
  readonly failureThreshold: number;
}

/**
 * Faultline's classic: a leaky counter. A failure counts one up and a success one down, never below
 * 0. It opens where more calls fail than succeed, and forgives what fails now and then.
 */
export class LeakyTrip extends FailureCounter {
  readonly kind = 'leaky';

  /** @throws RangeError when an option is out of range. */
  constructor({ failureThreshold }: LeakyTripOptions) {
    super(failureThreshold);
  }

  protected afterSuccess(failureCount: number): number {
    return Math.max(0, failureCount - 1);
  }
}
