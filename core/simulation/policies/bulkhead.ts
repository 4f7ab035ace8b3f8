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
    const ticket = this.#pool.enter(passage);
    passage.slot = ticket;
    if (ticket.outcome === 'admitted') return 'inward';
    return ticket.outcome === 'queued' ? 'wait' : passage.refuse('pool-exhausted');
  }

  override ended(passage: Passage, outcome: Outcome): OutwardMove {
    this.giveUp(passage);
    return outcome;
  }

  override giveUp({ slot, slotKeepers }: Passage): void {
    if (slot && slotKeepers === 0) this.#pool.leave(slot);
  }

  override keep(passage: Passage): void {
    passage.slotKeepers++;
  }

  override letGo(passage: Passage): void {
    passage.slotKeepers--;
    if (passage.hasLeft(this)) this.giveUp(passage);
  }
}
