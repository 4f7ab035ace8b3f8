import type { ConsecutiveTripOptions } from './consecutive-trip.ts';
import type { CountWindowTripOptions, SavedCountWindowTrip } from './count-window-trip.ts';
import type { SavedFailureCounter } from './failure-counter.ts';
import type { LeakyTripOptions } from './leaky-trip.ts';
import type { SavedTimeWindowTrip, TimeWindowTripOptions } from './time-window-trip.ts';

/** What opens a breaker. */
export type TripOptions =
  | LeakyTripOptions
  | ConsecutiveTripOptions
  | CountWindowTripOptions
  | TimeWindowTripOptions;

/** What a trip has counted, as plain data. */
export type SavedTrip = SavedFailureCounter | SavedCountWindowTrip | SavedTimeWindowTrip;

/**
 * Decides when a closed breaker opens. It is told about each call that was let through and has
 * ended, and about nothing else: rejected and cancelled calls neither fill nor thin out what it
 * has counted.
 */
export interface Trip {
  readonly kind: TripOptions['kind'];

  /** Failures that count towards opening, as of the last look at the clock. */
  readonly failureCount: number;

  /** @returns whether the breaker must open. */
  succeed(nowMs: number, durationMs: number): boolean;

  /** @returns whether the breaker must open. */
  fail(nowMs: number, durationMs: number): boolean;

  /** Whether a success that took this long is no sign of health. */
  isSlow(durationMs: number): boolean;

  /** Forgets what it has counted. */
  clear(): void;

  save(nowMs: number): SavedTrip;

  /**
   * Goes on from what a trip of the same kind has saved.
   *
   * @throws RangeError when it cannot have been saved by one with these options.
   */
  restore(saved: Readonly<Record<string, unknown>>, nowMs: number): void;
}
