import { type CallMetrics, CallStatistics } from '../common/call-statistics.ts';
import { requireInteger, requireNumber } from '../common/options.ts';

export type BreakerState =
  | { readonly kind: 'closed'; readonly failureCount: number }
  | { readonly kind: 'open'; readonly openedAtMs: number; readonly retryAtMs: number }
  | { readonly kind: 'half-open'; readonly trialsInFlight: number; readonly successCount: number };
export type BreakerStateKind = BreakerState['kind'];

export interface CircuitBreakerOptions {
  /** Failures, less the successes among them, that open the breaker; 1 or more, by default 5. */
  readonly failureThreshold?: number;
  /** How long the breaker stays open before it lets a trial through; ms, by default 60 s. */
  readonly recoveryTimeoutMs?: number;
  /** Trials that must succeed to close the breaker; 1 or more, by default 3. */
  readonly successThreshold?: number;
  /** Trials that may run at once; 1 or more, by default `successThreshold`. */
  readonly halfOpenLimit?: number;
  /** Told about every change, after it is done. */
  readonly onTransition?: (from: BreakerStateKind, to: BreakerStateKind, nowMs: number) => void;
}

export interface BreakerMetrics extends CallMetrics {
  readonly state: BreakerStateKind;
  /** Failures counted towards the threshold; kept while open, 0 after closing. */
  readonly failureCount: number;
}

/** What `acquire` returns in place of a permit when the call must not be made. */
export const REJECTED = -1;

/**
 * Faultline's classic breaker: a leaky counter. While closed, a failure counts one up and a success
 * one down (never below 0); at `failureThreshold` the breaker opens and rejects every call. The
 * first call after `recoveryTimeoutMs` makes it half-open: a few trials are let through, of which
 * `successThreshold` successes close it and a single failure opens it again.
 *
 * Each permit must be settled by exactly one of `succeed`, `fail` and `cancel`; a trial that is
 * never settled keeps its place. A result counts only in the state in which its call was permitted:
 * what was started before a change says nothing about the time after it.
 *
 * Times come from the caller's clock. When it steps back, an open breaker waits at most
 * `recoveryTimeoutMs` from there.
 */
export class CircuitBreaker {
  readonly #failureThreshold: number;
  readonly #recoveryTimeoutMs: number;
  readonly #successThreshold: number;
  readonly #halfOpenLimit: number;
  readonly #onTransition: CircuitBreakerOptions['onTransition'];

  #kind: BreakerStateKind = 'closed';
  /** Goes up with every change of state; permits are the generation they were given in. */
  #generation = 0;
  #failureCount = 0;
  #openedAtMs = 0;
  #trialsInFlight = 0;
  #successCount = 0;
  readonly #calls = new CallStatistics();

  /** @throws RangeError when an option is out of range. */
  constructor(options: CircuitBreakerOptions = {}) {
    const { failureThreshold = 5, recoveryTimeoutMs = 60_000, successThreshold = 3 } = options;
    const { halfOpenLimit = successThreshold } = options;
    this.#failureThreshold = requireInteger('failureThreshold', failureThreshold, 1);
    this.#recoveryTimeoutMs = requireNumber('recoveryTimeoutMs', recoveryTimeoutMs);
    this.#successThreshold = requireInteger('successThreshold', successThreshold, 1);
    this.#halfOpenLimit = requireInteger('halfOpenLimit', halfOpenLimit, 1);
    this.#onTransition = options.onTransition;
  }

  get state(): BreakerState {
    if (this.#kind === 'closed') return { kind: 'closed', failureCount: this.#failureCount };
    if (this.#kind === 'open') {
      return { kind: 'open', openedAtMs: this.#openedAtMs, retryAtMs: this.#retryAtMs };
    }
    return {
      kind: 'half-open',
      trialsInFlight: this.#trialsInFlight,
      successCount: this.#successCount,
    };
  }

  /**
   * Asks to make a call.
   *
   * @returns a permit (0 or more) to settle once the call has ended, or `REJECTED`.
   */
  acquire(nowMs: number): number {
    if (this.#kind === 'open') {
      // Otherwise a clock set back by a day would keep the breaker open for that day.
      if (nowMs < this.#openedAtMs) this.#openedAtMs = nowMs;
      if (nowMs < this.#retryAtMs) return REJECTED;
      this.#enter('half-open', nowMs);
    }
    if (this.#kind === 'half-open') {
      if (this.#trialsInFlight >= this.#halfOpenLimit) return REJECTED;
      this.#trialsInFlight += 1;
    }
    return this.#generation;
  }

  /** The permitted call succeeded after `durationMs`. */
  succeed(permit: number, nowMs: number, durationMs: number): void {
    this.#calls.succeed(nowMs, durationMs);
    if (!this.#settle(permit)) return;
    if (this.#kind === 'closed') {
      this.#failureCount = Math.max(0, this.#failureCount - 1);
    } else {
      this.#successCount += 1;
      if (this.#successCount >= this.#successThreshold) this.#enter('closed', nowMs);
    }
  }

  /** The permitted call failed after `durationMs`. */
  fail(permit: number, nowMs: number, durationMs: number): void {
    this.#calls.fail(nowMs, durationMs);
    if (!this.#settle(permit)) return;
    // The count is at the threshold already while half-open, so there any failure opens.
    this.#failureCount += 1;
    if (this.#failureCount >= this.#failureThreshold) this.#enter('open', nowMs);
  }

  /** The permitted call was given up or says nothing about the callee; a trial's place is free again. */
  cancel(permit: number): void {
    this.#settle(permit);
  }

  /** How long until a trial may be made, ms; 0 unless open. */
  retryAfterMs(nowMs: number): number {
    if (this.#kind !== 'open') return 0;
    return Math.min(Math.max(0, this.#retryAtMs - nowMs), this.#recoveryTimeoutMs);
  }

  /** What the breaker is in, and how the calls of the last five minutes went. */
  metrics(nowMs: number): BreakerMetrics {
    return { state: this.#kind, failureCount: this.#failureCount, ...this.#calls.read(nowMs) };
  }

  get #retryAtMs(): number {
    return this.#openedAtMs + this.#recoveryTimeoutMs;
  }

  /** Takes the permit back; whether its result counts. */
  #settle(permit: number): boolean {
    if (permit !== this.#generation) return false;
    if (this.#kind === 'half-open') {
      // A permit settled twice must not make room for a trial too many.
      if (this.#trialsInFlight === 0) return false;
      this.#trialsInFlight -= 1;
    }
    return true;
  }

  #enter(kind: BreakerStateKind, nowMs: number): void {
    const from = this.#kind;
    this.#kind = kind;
    this.#generation += 1;
    this.#trialsInFlight = 0;
    this.#successCount = 0;
    if (kind === 'closed') this.#failureCount = 0;
    if (kind === 'open') this.#openedAtMs = nowMs;
    this.#onTransition?.(from, kind, nowMs);
  }
}
