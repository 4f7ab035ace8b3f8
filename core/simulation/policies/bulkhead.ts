import type { Outcome } from '../outcome.ts';
import type { Pool } from '../pool.ts';
import { type InwardMove, Layer, type OutwardMove } from './layer.ts';
import type { Passage } from './passage.ts';

/** Takes a slot for as long as the call goes on inside. */
export class BulkheadLayer extends Layer {
  readonly #pool: Pool;

  constructor(depth: number, pool: Pool) {
    super(depth);
    this.#pool = pool;
  }

  override begin(passage: Passage): InwardMove {
    switch (this.#pool.enter(passage)) {
      case 'admitted':
        return 'inward';
      case 'queued':
        return 'wait';
      default:
        return passage.refuse('pool-exhausted');
    }
  }

  override ended(passage: Passage, outcome: Outcome): OutwardMove {
    this.giveUp(passage);
    return outcome;
  }

  override giveUp(passage: Passage): void {
    if (passage.seatKeepers === 0) this.#pool.leave(passage);
  }

  override keep(passage: Passage): void {
    passage.seatKeepers++;
  }

  override letGo(passage: Passage): void {
    passage.seatKeepers--;
    if (passage.hasLeft(this)) this.giveUp(passage);
  }
}
