import type { ResponseCache } from '../../patterns/index.ts';
import type { LocalClock } from '../local-clock.ts';
import { isFailure, type Outcome } from '../outcome.ts';
import { type InwardMove, Layer, type OutwardMove } from './layer.ts';
import type { Passage } from './passage.ts';

/** Gives a fresh answer again without a call, and a stale one when the call fails. */
export class CacheLayer extends Layer {
  readonly #cache: ResponseCache<Outcome>;
  readonly #keys: number;
  readonly #clock: LocalClock;

  /** @param keys how many different requests there are, each cached apart */
  constructor(depth: number, cache: ResponseCache<Outcome>, keys: number, clock: LocalClock) {
    super(depth);
    this.#cache = cache;
    this.#keys = keys;
    this.#clock = clock;
  }

  override get clock(): LocalClock {
    return this.#clock;
  }

  override begin(passage: Passage): InwardMove {
    const answer = this.#cache.fresh(passage.key(this.#keys), this.#clock.nowMs);
    if (!answer) return 'inward';
    passage.plan.counts.freshAnswers++;
    return answer.value;
  }

  override ended(passage: Passage, outcome: Outcome): OutwardMove {
    const { nowMs } = this.#clock;
    const key = passage.key(this.#keys);
    if (!isFailure(outcome)) this.#cache.put(key, outcome, nowMs);
    else if (this.#cache.stale(key, nowMs)) {
      passage.plan.counts.staleAnswers++;
      return 'degraded';
    }
    return outcome;
  }
}
