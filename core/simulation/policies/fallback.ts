import type { ResponseCache } from '../../patterns/index.ts';
import type { LocalClock } from '../local-clock.ts';
import { isFailure, type Outcome } from '../outcome.ts';
import { type InwardMove, Layer, type OutwardMove } from './layer.ts';
import type { CallPlan, Passage } from './passage.ts';

/** What may answer in place of a failed call. */
export type FallbackAnswer =
  /** @param keys how many different requests there are, each cached apart */
  | { readonly kind: 'cache'; readonly cache: ResponseCache<true>; readonly keys: number }
  /** @param plan as its layers those inside the fallback */
  | { readonly kind: 'call'; readonly plan: CallPlan }
  | { readonly kind: 'default' };

/** Answers in place of a failed call, with the first of its answers that there is. */
export class FallbackLayer extends Layer {
  readonly #answers: readonly FallbackAnswer[];
  readonly #clock: LocalClock;

  /** @param outside the layers outside this one */
  constructor(outside: readonly Layer[], answers: readonly FallbackAnswer[], clock: LocalClock) {
    super(outside.length);
    this.#clock = clock;
    this.#answers = answers.map((answer) => {
      if (answer.kind !== 'call') return answer;
      const layers = [...outside, this, ...answer.plan.layers];
      return { ...answer, plan: { ...answer.plan, layers } };
    });
  }

  override get clock(): LocalClock {
    return this.#clock;
  }

  override begin(): InwardMove {
    return 'inward';
  }

  override ended(passage: Passage, outcome: Outcome): OutwardMove {
    if (isFailure(outcome)) passage.failure ??= outcome;
    else if (!passage.failure) this.#remember(passage);
    if (!passage.failure) return outcome;
    const move = isFailure(outcome) ? this.#answer(passage) : 'degraded';
    if (move === 'degraded') passage.plan.counts.fallbackAnswers++;
    return move ?? passage.failure;
  }

  override wake(passage: Passage): void {
    const answer = this.#answers[passage.answersTried - 1];
    if (answer?.kind === 'call') passage.detour(this, answer.plan);
  }

  #remember(passage: Passage): void {
    for (const answer of this.#answers) {
      if (answer.kind === 'cache')
        answer.cache.put(passage.key(answer.keys), true, this.#clock.nowMs);
    }
  }

  /** What comes of the answers that have not been tried; undefined when none is left. */
  #answer(passage: Passage): 'degraded' | 'wait' | undefined {
    for (;;) {
      const answer = this.#answers[passage.answersTried++];
      switch (answer?.kind) {
        case undefined:
          return undefined;
        case 'default':
          return 'degraded';
        case 'cache':
          if (answer.cache.stale(passage.key(answer.keys), this.#clock.nowMs)) return 'degraded';
          break;
        case 'call':
          // As an event of its own: many that fail at once must not pile up the stack.
          passage.wakeAfter(this, 0);
          return 'wait';
      }
    }
  }
}
