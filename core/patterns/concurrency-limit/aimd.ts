import { requireRatio } from '../common/options.ts';
import type { LimitAlgorithm } from './limit-algorithm.ts';

export interface AimdOptions {
  readonly kind: 'aimd';
  /** What is left of the limit after an overload; from 0 to 1, by default 0.7. */
  readonly backoffRatio?: number;
}

/**
 * Additive increase, multiplicative decrease (Chiu and Jain, 1989), as TCP uses it: one more call at
 * a time for each round of calls that went well, and a cut when there was too much work. Callers
 * that share something find fair shares of it in this way without knowing of each other.
 *
 * One overload ends many calls. So calls that were running when the limit was cut do not cut it
 * again (RFC 6582), and what is left is 0.7 as in CUBIC (RFC 9438), not the half that TCP once left.
 * As in Netflix's `AIMDLimit`, the limit only grows while at least half of it is used: otherwise
 * that the calls go well says nothing about it.
 */
export class Aimd implements LimitAlgorithm {
  readonly #backoffRatio: number;
  #cutAtMs = Number.NEGATIVE_INFINITY;

  /** @throws RangeError when an option is out of range. */
  constructor({ backoffRatio = 0.7 }: AimdOptions) {
    this.#backoffRatio = requireRatio('backoffRatio', backoffRatio);
  }

  next(
    limit: number,
    inFlight: number,
    elapsedMs: number,
    durationMs: number,
    isOverload: boolean,
  ): number {
    if (!isOverload) return inFlight < limit / 2 ? limit : limit + 1 / limit;
    if (elapsedMs - durationMs <= this.#cutAtMs) return limit;
    this.#cutAtMs = elapsedMs;
    return limit * this.#backoffRatio;
  }
}
