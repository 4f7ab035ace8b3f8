import { requirePositive } from '../common/options.ts';
import { SlidingWindow } from '../common/sliding-window.ts';
import { RateLimits, type RateLimitsOptions } from './rate-limits.ts';
import { expected, readArray, readCount, readNumber } from './saved-data.ts';
import type { Trip } from './trip.ts';

export interface TimeWindowTripOptions extends RateLimitsOptions {
  readonly kind: 'time-window';
  /** How far back calls count; ms, more than 0. */
  readonly windowMs: number;
  /** 1 or more, by default 10. */
  readonly minimumCalls?: number;
}

export interface SavedTimeWindowTrip {
  readonly kind: 'time-window';
  readonly windowMs: number;
  /** How long the newest bucket has been filled for, ms. */
  readonly agedMs: number;
  /** Calls, failures and slow calls of each tenth of the window, the oldest first. */
  readonly buckets: readonly (readonly number[])[];
}

/** As in Hystrix, opossum, Polly and Failsafe. */
const BUCKETS = 10;
const MINIMUM_CALLS = 10;

const CALLS = 0;
const FAILURES = 1;
const SLOW_CALLS = 2;
const COLUMNS = 3;

/**
 * Opens by the rates of failed and slow calls among those that ended in the last `windowMs`, in
 * tenths of it; see `SlidingWindow` for what the edges mean. Whatever the traffic, time passes: a
 * call after a long silence stands alone.
 *
 * A call counts when it ends. So one that takes longer than the window counts too.
 */
export class TimeWindowTrip implements Trip {
  readonly kind = 'time-window';
  readonly #limits: RateLimits;
  readonly #windowMs: number;
  readonly #window: SlidingWindow;

  /** @throws RangeError when an option is out of range. */
  constructor(options: TimeWindowTripOptions) {
    this.#windowMs = requirePositive('windowMs', options.windowMs);
    this.#limits = new RateLimits(options, MINIMUM_CALLS);
    this.#window = new SlidingWindow(this.#windowMs, BUCKETS, COLUMNS);
  }

  get failureCount(): number {
    return this.#window.total(FAILURES);
  }

  succeed(nowMs: number, durationMs: number): boolean {
    this.#window.advance(nowMs);
    return this.#add(durationMs);
  }

  fail(nowMs: number, durationMs: number): boolean {
    this.#window.advance(nowMs);
    this.#window.add(FAILURES, 1);
    return this.#add(durationMs);
  }

  isSlow(durationMs: number): boolean {
    return this.#limits.isSlow(durationMs);
  }

  clear(): void {
    this.#window.clear();
  }

  save(nowMs: number): SavedTimeWindowTrip {
    this.#window.advance(nowMs);
    return { kind: this.kind, windowMs: this.#windowMs, ...this.#window.save() };
  }

  restore(saved: Readonly<Record<string, unknown>>, nowMs: number): void {
    if (saved.windowMs !== this.#windowMs) {
      const own = `${this.#windowMs}, the breaker's own`;
      throw expected('snapshot.trip.windowMs', own, saved.windowMs);
    }
    const agedMs = readNumber('snapshot.trip.agedMs', saved.agedMs, this.#windowMs / BUCKETS);
    const buckets = readArray('snapshot.trip.buckets', saved.buckets, BUCKETS).map(readBucket);
    this.#window.restore(nowMs, { agedMs, buckets });
  }

  #add(durationMs: number): boolean {
    if (this.isSlow(durationMs)) this.#window.add(SLOW_CALLS, 1);
    this.#window.add(CALLS, 1);
    return this.#limits.areReached(
      this.#window.total(CALLS),
      this.#window.total(FAILURES),
      this.#window.total(SLOW_CALLS),
    );
  }
}

function readBucket(bucket: unknown, index: number): number[] {
  const name = `snapshot.trip.buckets[${index}]`;
  const columns = readArray(name, bucket, COLUMNS);
  const calls = readCount(`${name}[${CALLS}]`, columns[CALLS]);
  const failures = readCount(`${name}[${FAILURES}]`, columns[FAILURES], calls);
  const slowCalls = readCount(`${name}[${SLOW_CALLS}]`, columns[SLOW_CALLS], calls);
  return [calls, failures, slowCalls];
}
