import type { RandomStream } from '../../time/index.ts';
import { requireInteger, requireNumber, requireRatio } from '../common/options.ts';

/** How the time that a recovery takes grows from attempt to attempt. */
export type RecoveryGrowth = 'constant' | 'linear' | 'exponential';

export interface RecoveryOptions {
  /** How long the first attempt takes; ms, by default 5 s. */
  readonly timeMs?: number;
  /** By default `linear`: attempt n takes n times as long; `exponential` doubles each time. */
  readonly growth?: RecoveryGrowth;
  /** No attempt takes longer; ms, by default 30 s. */
  readonly maxTimeMs?: number;
  /** Probability that an attempt succeeds, in [0, 1], by default 0.7. */
  readonly successRate?: number;
  /** Attempts in a row before a component is given up; 1 or more, by default 5. */
  readonly maxAttempts?: number;
  /** Pause between a failed attempt and the next; ms, by default 60 s. */
  readonly retryAfterMs?: number;
}

/** How components of a group come back: how long an attempt takes, and how many there are. */
export class RecoveryPolicy {
  readonly maxAttempts: number;
  readonly retryAfterMs: number;
  /** Probability that an attempt succeeds, in [0, 1]. */
  readonly successRate: number;
  readonly #timeMs: number;
  readonly #growth: RecoveryGrowth;
  readonly #maxTimeMs: number;

  /** @throws RangeError when an option is out of range. */
  constructor({
    timeMs = 5_000,
    growth = 'linear',
    maxTimeMs = 30_000,
    successRate = 0.7,
    maxAttempts = 5,
    retryAfterMs = 60_000,
  }: RecoveryOptions = {}) {
    this.maxAttempts = requireInteger('maxAttempts', maxAttempts, 1);
    this.retryAfterMs = requireNumber('retryAfterMs', retryAfterMs);
    this.#timeMs = requireNumber('timeMs', timeMs);
    this.#growth = growth;
    this.#maxTimeMs = requireNumber('maxTimeMs', maxTimeMs);
    this.successRate = requireRatio('successRate', successRate);
  }

  /** How long an attempt takes, ms; the first one is 1. */
  durationMs(attempt: number): number {
    return Math.min(this.#maxTimeMs, this.#timeMs * this.#factor(attempt));
  }

  /** Draws whether an attempt succeeds. */
  succeeds(random: RandomStream): boolean {
    return random.next() < this.successRate;
  }

  #factor(attempt: number): number {
    switch (this.#growth) {
      case 'constant':
        return 1;
      case 'linear':
        return attempt;
      case 'exponential':
        return 2 ** (attempt - 1);
    }
  }
}
