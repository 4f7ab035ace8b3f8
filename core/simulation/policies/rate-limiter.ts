import type { Limiter } from '../limiter.ts';
import type { LocalClock } from '../local-clock.ts';
import { type InwardMove, Layer } from './layer.ts';
import type { Passage } from './passage.ts';

/** Takes a token for each call, and waits for it if need be. */
export class RateLimiterLayer extends Layer {
  readonly #limiter: Limiter;

  constructor(depth: number, limiter: Limiter) {
    super(depth);
    this.#limiter = limiter;
  }

  override get clock(): LocalClock {
    return this.#limiter.clock;
  }

  override begin(passage: Passage): InwardMove {
    switch (this.#limiter.enter(passage)) {
      case 'admitted':
        return 'inward';
      case 'queued':
        return 'wait';
      case 'rejected':
        return passage.refuse('rate-limited', this.#limiter.retryAfterMs);
    }
  }

  /** Who has been let in has used the token. */
  override giveUp(passage: Passage): void {
    this.#limiter.leave(passage);
  }
}
