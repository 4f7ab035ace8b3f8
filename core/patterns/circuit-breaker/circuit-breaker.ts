import { type CallMetrics, CallStatistics } from '../common/call-statistics.ts';
import { Countdown } from '../common/countdown.ts';
import { requireInteger, requirePositive } from '../common/options.ts';
import { REJECTED } from '../common/rejected.ts';
import { createTrip } from './create-trip.ts';
import { nextPermit } from './permit.ts';
import { RecoveryTime, type RecoveryTimeOptions } from './recovery-time.ts';
import { type BreakerSnapshot, readSnapshot, type SavedState } from './snapshot.ts';
import { Trials } from './trials.ts';
import type { Trip, TripOptions } from './trip.ts';

export type BreakerState =
  | { readonly kind: 'closed'; readonly failureCount: number }
  | { readonly kind: 'open'; readonly openedAtMs: number; readonly retryAtMs: number }
  | { readonly kind: 'half-open'; readonly trialsInFlight: number; readonly successCount: number }
  | { readonly kind: 'isolated' };
export type BreakerStateKind = BreakerState['kind'];

export interface CircuitBreakerOptions extends RecoveryTimeOptions {
  /** What opens the breaker; by default a leaky counter with a threshold of 5 failures. */
  readonly trip?: TripOptions;
  /**
   * How often a closed breaker forgets what it has counted, and the calls in flight with it; ms, more
   * than 0, by default never. Counted from its first call, and from when it closes.
   */
  readonly resetIntervalMs?: number;
  /** Trials that must succeed to close the breaker; 1 or more, by default 3. */
  readonly successThreshold?: number;
  /** Trials that may run at once; 1 or more, by default `successThreshold`. */
  readonly halfOpenLimit?: number;
  /** Told about every change, after it is done. */
  readonly onTransition?: (from: BreakerStateKind, to: BreakerStateKind, nowMs: number) => void;
  /** A state to begin in, other than closed: what another breaker was in, as of `nowMs`. */
  readonly restore?: { readonly snapshot: BreakerSnapshot; readonly nowMs: number };
}

export interface BreakerMetrics extends CallMetrics {
  readonly state: BreakerStateKind;
  /** Failures counted towards opening, as of the last look at the clock; kept while open, 0 after closing. */
  readonly failureCount: number;
}

const DEFAULT_TRIP: TripOptions = { kind: 'leaky', failureThreshold: 5 };

/** However short the open time, trials have this long to come back before they lapse. */
const LEAST_PATIENCE_MS = 1_000;

/**
 * Keeps calls away from what is failing (Nygard, "Release It!"). While closed, every call is let
 * through and `trip` watches how they end; when it has seen enough the breaker opens and rejects
 * every call. The first call after the open time makes it half-open: a few trials are let through,
 * of which `successThreshold` successes close it and a single failure, or success that is slow by
 * the measure of the trip, opens it again, each time in a row for `recoveryFactor` times as long.
 * By hand it can be isolated, which nothing but `reset` ends.
 *
 * Each permit must be settled by exactly one of `succeed`, `fail` and `cancel`. A result counts only
 * in the state in which its call was permitted: what was started before a change says nothing about
 * the time after it. When all places for trials have been taken for as long as the breaker was open,
 * a second at least, and none of the trials has come back, new ones are let through; see `Trials`.
 * What counts as a failure is for the caller to say. With `resetIntervalMs` it also begins to count
 * anew by the clock, so that calls which take as long to fail are never counted.
 *
 * Times come from the caller's clock. When it steps back, nothing takes longer for it: what had
 * passed stays passed.
 */
export class CircuitBreaker {
  readonly #trip: Trip;
  readonly #resetIntervalMs: number | undefined;
  /** Until it begins to count anew; absent before the first call since it was made or closed. */
  #untilReset: Countdown | undefined;
  readonly #recoveryTime: RecoveryTime;
  readonly #successThreshold: number;
  readonly #onTransition: CircuitBreakerOptions['onTransition'];

  #kind: BreakerStateKind = 'closed';
  /** What calls are permitted with while closed; otherwise it has been given to nobody. */
  #permit = nextPermit();
  /** How long the breaker stays open. */
  readonly #wait = new Countdown();
  /** Times in a row that it has opened again without having closed. */
  #reopenings = 0;
  readonly #trials: Trials;
  #successCount = 0;
  readonly #calls = new CallStatistics();

  /** @throws RangeError when an option is out of range, or a snapshot does not fit. */
  constructor(options: CircuitBreakerOptions = {}) {
    const { trip = DEFAULT_TRIP, successThreshold = 3, halfOpenLimit = successThreshold } = options;
    this.#trip = createTrip(trip);
    const { resetIntervalMs } = options;
    this.#resetIntervalMs =
      resetIntervalMs === undefined
        ? undefined
        : requirePositive('resetIntervalMs', resetIntervalMs);
    this.#recoveryTime = new RecoveryTime(options);
    this.#successThreshold = requireInteger('successThreshold', successThreshold, 1);
    this.#trials = new Trials(requireInteger('halfOpenLimit', halfOpenLimit, 1));
    this.#onTransition = options.onTransition;
    if (options.restore) this.#restore(options.restore.snapshot, options.restore.nowMs);
  }

  get state(): BreakerState {
    switch (this.#kind) {
      case 'closed':
        return { kind: 'closed', failureCount: this.#trip.failureCount };
      case 'open': {
        const { startedAtMs, endsAtMs } = this.#wait;
        return { kind: 'open', openedAtMs: startedAtMs, retryAtMs: endsAtMs };
      }
      case 'half-open': {
        const trialsInFlight = this.#trials.inFlight;
        return { kind: 'half-open', trialsInFlight, successCount: this.#successCount };
      }
      default:
        return { kind: this.#kind };
    }
  }

  /**
   * Asks to make a call.
   *
   * @returns a permit (0 or more) to settle once the call has ended, or `REJECTED`.
   */
  acquire(nowMs: number): number {
    if (this.#kind === 'open' && this.#wait.isOver(nowMs)) this.#enter('half-open', nowMs);
    this.#resetWhenDue(nowMs);
    // Looked at anew, because the listener may have changed it again.
    if (this.#kind === 'closed') return this.#permit;
    return this.#kind === 'half-open' ? this.#trials.take(nowMs) : REJECTED;
  }

  /** The permitted call succeeded after `durationMs`. */
  succeed(permit: number, nowMs: number, durationMs: number): void {
    if (permit === REJECTED) return;
    this.#calls.succeed(nowMs, durationMs);
    this.#resetWhenDue(nowMs);
    if (permit === this.#permit) {
      if (this.#trip.succeed(nowMs, durationMs)) this.#enter('open', nowMs);
    } else if (this.#trials.settle(permit)) {
      this.#successCount += 1;
      if (this.#trip.isSlow(durationMs)) this.#enter('open', nowMs);
      else if (this.#successCount >= this.#successThreshold) this.#enter('closed', nowMs);
    }
  }

  /** The permitted call failed after `durationMs`. */
  fail(permit: number, nowMs: number, durationMs: number): void {
    if (permit === REJECTED) return;
    this.#calls.fail(nowMs, durationMs);
    this.#resetWhenDue(nowMs);
    if (permit === this.#permit) {
      if (this.#trip.fail(nowMs, durationMs)) this.#enter('open', nowMs);
    } else if (this.#trials.settle(permit)) {
      // Counted on for who reads the count; among trials a single failure decides.
      this.#trip.fail(nowMs, durationMs);
      this.#enter('open', nowMs);
    }
  }

  /** The permitted call was given up or says nothing about the callee; a trial's place is free again. */
  cancel(permit: number): void {
    this.#trials.settle(permit);
  }

  /** Rejects every call from now on, whatever happens, until `reset`. */
  isolate(nowMs: number): void {
    this.#enter('isolated', nowMs);
  }

  /** Closes the breaker, whatever it is in, and forgets what has been counted. */
  reset(nowMs: number): void {
    this.#enter('closed', nowMs);
  }

  /** How long until a trial may be made, ms; `Infinity` when isolated, 0 when closed or half-open. */
  retryAfterMs(nowMs: number): number {
    if (this.#kind === 'isolated') return Number.POSITIVE_INFINITY;
    return this.#kind === 'open' ? this.#wait.remainingMs(nowMs) : 0;
  }

  /** What the breaker is in, and how the calls of the last five minutes went. */
  metrics(nowMs: number): BreakerMetrics {
    const { failureCount } = this.#trip;
    return { state: this.#kind, failureCount, ...this.#calls.read(nowMs) };
  }

  /** All that decides what the breaker does next, for `restore`; without calls in flight and metrics. */
  snapshot(nowMs: number): BreakerSnapshot {
    const trip = this.#trip.save(nowMs);
    return { version: 1, state: this.#savedState(nowMs), reopenings: this.#reopenings, trip };
  }

  #savedState(nowMs: number): SavedState {
    switch (this.#kind) {
      case 'open':
        return { kind: 'open', openForMs: this.#wait.elapsedMs(nowMs) };
      case 'half-open':
        return { kind: 'half-open', successCount: this.#successCount };
      default:
        return { kind: this.#kind };
    }
  }

  #restore(snapshot: BreakerSnapshot, nowMs: number): void {
    const { state, reopenings, trip } = readSnapshot(snapshot, this.#trip.kind);
    this.#trip.restore(trip, nowMs);
    this.#reopenings = reopenings;
    this.#kind = state.kind;
    const openMs = this.#recoveryTime.openMs(reopenings);
    if (state.kind === 'open') this.#wait.start(nowMs, openMs, state.openForMs);
    if (state.kind === 'half-open') this.#beginTrials(state.successCount);
  }

  #enter(kind: BreakerStateKind, nowMs: number): void {
    const from = this.#kind;
    this.#kind = kind;
    this.#permit = nextPermit();
    this.#beginTrials(0);
    this.#untilReset = undefined;
    if (kind === 'closed') {
      this.#trip.clear();
      this.#reopenings = 0;
    } else if (kind === 'open') {
      if (from === 'half-open') this.#reopenings += 1;
      this.#wait.start(nowMs, this.#recoveryTime.openMs(this.#reopenings));
    }
    if (from !== kind) this.#onTransition?.(from, kind, nowMs);
  }

  /**
   * Source: sony/gobreaker, `currentState`: a closed breaker begins a new generation every interval,
   * and `afterRequest` passes over the results of older ones.
   */
  #resetWhenDue(nowMs: number): void {
    const intervalMs = this.#resetIntervalMs;
    if (intervalMs === undefined || this.#kind !== 'closed') return;
    if (this.#untilReset && !this.#untilReset.isOver(nowMs)) return;
    if (this.#untilReset) {
      this.#permit = nextPermit();
      this.#trip.clear();
    }
    this.#untilReset ??= new Countdown();
    this.#untilReset.start(nowMs, intervalMs);
  }

  /** Also where none will be made, so that the earlier ones are forgotten. */
  #beginTrials(successCount: number): void {
    const openMs = this.#recoveryTime.openMs(this.#reopenings);
    this.#trials.begin(Math.max(openMs, LEAST_PATIENCE_MS));
    this.#successCount = successCount;
  }
}
