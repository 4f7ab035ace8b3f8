import { requireNumber, requireRatio } from '../common/options.ts';
import type { LimitAlgorithm } from './limit-algorithm.ts';

export interface GradientOptions {
  readonly kind: 'gradient';
  /** How many times as long as usual calls may take before the limit falls; 1 or more, by default 1.5. */
  readonly tolerance?: number;
  /** How far the limit goes towards where it should be, at each step; from 0 to 1, by default 0.2. */
  readonly smoothing?: number;
  /** Calls that may wait at the callee, so that the limit can grow at all; 0 or more, by default 4. */
  readonly queueSize?: number;
  /** Time between two steps; ms, by default 1 s. */
  readonly windowMs?: number;
}

/** A step needs this many calls to judge by. */
const LEAST_CALLS = 10;
/** The usual duration follows this many steps, after it was the plain mean of the first few. */
const LONG_STEPS = 600;
const FIRST_STEPS = 10;

/**
 * Lowers the limit while calls take longer than they usually do, because then they queue at the
 * callee, and raises it otherwise: the limit times usual ÷ present duration, plus room for a short
 * queue. Follows Netflix's `Gradient2Limit` inside its `WindowedLimit` (github.com/Netflix/
 * concurrency-limits, 78a74b9), with its constants, and differs in this:
 *
 * - Calls that were refused or timed out say nothing about durations; there they shorten or lengthen
 *   the mean. Here the limit falls by their share, if that is more than what the durations ask for.
 * - They can lower a limit that is not used, where durations cannot.
 *
 * What is usual follows what happens, so an overload that lasts for ten minutes becomes the usual.
 */
export class Gradient implements LimitAlgorithm {
  readonly #tolerance: number;
  readonly #smoothing: number;
  readonly #queueSize: number;
  readonly #windowMs: number;
  #usualMs = 0;
  #steps = 0;
  // The window so far.
  #startedAtMs = 0;
  #answered = 0;
  #answeredMs = 0;
  #overloads = 0;
  #mostInFlight = 0;

  /** @throws RangeError when an option is out of range. */
  constructor(options: GradientOptions) {
    const { tolerance = 1.5, smoothing = 0.2, queueSize = 4, windowMs = 1_000 } = options;
    this.#tolerance = requireNumber('tolerance', tolerance, 1);
    this.#smoothing = requireRatio('smoothing', smoothing);
    this.#queueSize = requireNumber('queueSize', queueSize);
    this.#windowMs = requireNumber('windowMs', windowMs);
  }

  next(
    limit: number,
    inFlight: number,
    elapsedMs: number,
    durationMs: number,
    isOverload: boolean,
  ): number {
    this.#mostInFlight = Math.max(this.#mostInFlight, inFlight);
    if (isOverload) {
      this.#overloads += 1;
    } else {
      this.#answered += 1;
      this.#answeredMs += durationMs;
    }
    const calls = this.#answered + this.#overloads;
    if (calls < LEAST_CALLS || elapsedMs - this.#startedAtMs < this.#windowMs) return limit;
    const next = this.#step(limit, calls);
    this.#startedAtMs = elapsedMs;
    this.#answered = 0;
    this.#answeredMs = 0;
    this.#overloads = 0;
    this.#mostInFlight = 0;
    return next;
  }

  #step(limit: number, calls: number): number {
    const isUsed = this.#mostInFlight >= limit / 2;
    const speed = this.#speed();
    const gradient = Math.min(isUsed ? speed : 1, this.#answered / calls);
    // Never halved at once: a few slow calls must not turn away most of the traffic.
    const wanted = limit * Math.max(0.5, gradient) + this.#queueSize;
    const next = limit + this.#smoothing * (wanted - limit);
    return isUsed ? next : Math.min(limit, next);
  }

  /** How fast calls are, compared with what they may take; below 1 is too slow. */
  #speed(): number {
    if (this.#answered === 0) return 1;
    const presentMs = this.#answeredMs / this.#answered;
    this.#steps += 1;
    const weight = this.#steps <= FIRST_STEPS ? 1 / this.#steps : 2 / (LONG_STEPS + 1);
    this.#usualMs += weight * (presentMs - this.#usualMs);
    const usualMs = this.#usualMs;
    // After a long overload the usual must not stay what it was then for as long again.
    if (usualMs > 2 * presentMs) this.#usualMs *= 0.95;
    return presentMs > 0 ? (this.#tolerance * usualMs) / presentMs : 1;
  }
}
