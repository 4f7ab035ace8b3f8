import type { Limiter } from '../limiter.ts';
import { type InwardMove, Layer } from './layer.ts';
import type { Passage } from './passage.ts';

/** Takes a token for each call, and waits for it if need be. */
export class RateLimiterLayer extends Layer {
  readonly #limiter: Limiter;

  constructor(depth: number, limiter: Limiter) {
    super(depth);
    this.#limiter = limiter;
  }

  override begin(passage: Passage): InwardMove {
    switch (this.#limiter.enter(passage)) {
      case 'admitted':
        return 'inward';
      case 'queued':
        return 'wait';
      case 'rejected':
        return passage.refuse('rate-limited', this.#limiter.machine.retryAfterMs(passage.nowMs));
    }
  }

  /** Who has been let in has used the token. */
  override giveUp(passage: Passage): void {
    this.#limiter.leave(passage);
  }
}
