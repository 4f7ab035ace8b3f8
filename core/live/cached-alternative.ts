import { type CachedAnswer, ResponseCache } from '../patterns/index.ts';
import { type Clock, systemClock } from '../time/index.ts';
import type { Alternative, LearningAlternative } from './fallback-policy.ts';
import type { CallOptions } from './policy.ts';

export interface CachedAlternativeOptions<Value, Answer> {
  /** An answer stands in while it is younger than this; ms, 0 or more. */
  readonly maxAgeMs: number;
  /** Answers kept at most; 1 or more. The one not used for longest makes room. */
  readonly maxEntries: number;
  /** By default the clock of the process. */
  readonly clock?: Clock;
  /** Marks an answer as one from earlier. */
  readonly mark: (cached: CachedAnswer<Value>, storedAtMs: number) => Answer;
}

/**
 * A step of a fallback: it remembers the good answers of calls by their `key`, and when a later call
 * fails, the last answer stands in. It fails when it has none; calls without a key have none.
 */
export class CachedAlternative<Value, Answer> implements LearningAlternative<Answer> {
  readonly #cache: ResponseCache<Value>;
  readonly #clock: Clock;
  readonly #mark: CachedAlternativeOptions<Value, Answer>['mark'];

  /** @throws RangeError when an option is out of range. */
  constructor(options: CachedAlternativeOptions<Value, Answer>) {
    const { maxAgeMs, maxEntries, clock = systemClock, mark } = options;
    this.#cache = new ResponseCache({ maxAgeMs: 0, staleIfErrorMs: maxAgeMs, maxEntries });
    this.#clock = clock;
    this.#mark = mark;
  }

  remember(value: unknown, options: CallOptions<unknown> | undefined): void {
    if (options?.key === undefined) return;
    this.#cache.put(options.key, value as Value, this.#clock.nowMs());
  }

  readonly answer: Alternative<Answer> = (failure, { options }) => {
    const nowMs = this.#clock.nowMs();
    const cached = options?.key === undefined ? undefined : this.#cache.stale(options.key, nowMs);
    if (cached === undefined) throw failure;
    return this.#mark(cached, nowMs - cached.ageMs);
  };
}
