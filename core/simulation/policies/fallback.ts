import type { ResponseCache } from '../../patterns/index.ts';
import { isFailure, type Outcome } from '../outcome.ts';
import { type InwardMove, Layer, type OutwardMove } from './layer.ts';
import type { Passage } from './passage.ts';

/** What may answer in place of a failed call. */
export type FallbackAnswer =
  /** @param keys how many different requests there are, each cached apart */
  | { readonly kind: 'cache'; readonly cache: ResponseCache<true>; readonly keys: number }
  | { readonly kind: 'default' };

/** Answers in place of a failed call, with the first of its answers that there is. */
export class FallbackLayer extends Layer {
  readonly #answers: readonly FallbackAnswer[];

  constructor(depth: number, answers: readonly FallbackAnswer[]) {
    super(depth);
    this.#answers = answers;
  }

  override begin(): InwardMove {
    return 'inward';
  }

  override ended(passage: Passage, outcome: Outcome): OutwardMove {
    if (isFailure(outcome)) return this.#hasAnswer(passage) ? 'degraded' : outcome;
    for (const answer of this.#answers) {
      if (answer.kind === 'cache') {
        answer.cache.put(passage.key(answer.keys), true, passage.nowMs);
      }
    }
    return outcome;
  }

  #hasAnswer(passage: Passage): boolean {
    return this.#answers.some((answer) => {
      if (answer.kind === 'default') return true;
      return answer.cache.stale(passage.key(answer.keys), passage.nowMs) !== undefined;
    });
  }
}
