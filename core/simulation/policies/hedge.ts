import { type Hedge, STOP } from '../../patterns/index.ts';
import { isFailure, type Outcome } from '../outcome.ts';
import { type InwardMove, Layer, type OutwardMove } from './layer.ts';
import type { Passage } from './passage.ts';

/** Sends further copies of a call that is late; the first good answer counts. */
export class HedgeLayer extends Layer {
  readonly #hedge: Hedge;

  constructor(depth: number, hedge: Hedge) {
    super(depth);
    this.#hedge = hedge;
  }

  /** The first copy goes on in the passage itself, each further one in a passage of its own. */
  override begin(passage: Passage): InwardMove {
    this.#hedge.recordCall(passage.nowMs);
    passage.copiesSent = 1;
    this.#planNext(passage);
    return 'inward';
  }

  override ended(passage: Passage, outcome: Outcome): OutwardMove {
    if (!isFailure(outcome)) {
      passage.giveUpInside(this.depth, false);
      return outcome;
    }
    const { copiesSent, nowMs } = passage;
    passage.copiesFailed++;
    switch (this.#hedge.afterFailure(copiesSent, passage.copiesFailed, nowMs)) {
      case 'send':
        // As an event of its own: copies that fail at once must not pile up the stack.
        passage.isCopyDue = true;
        passage.wakeAfter(this, 0);
        return 'wait';
      case 'wait':
        return 'wait';
      case 'fail':
        return outcome;
    }
  }

  override wake(passage: Passage): void {
    const { copiesSent, isCopyDue, nextCopyAtMs, nowMs } = passage;
    if (isCopyDue) this.#send(passage);
    // Not before its time: a copy may have been sent meanwhile, because another had failed.
    else if (nowMs >= nextCopyAtMs && this.#hedge.trySend(copiesSent, nowMs)) this.#send(passage);
  }

  #send(passage: Passage): void {
    passage.isCopyDue = false;
    passage.copiesSent++;
    passage.plan.counts.copies++;
    this.#planNext(passage);
    passage.tryAgain(this);
  }

  #planNext(passage: Passage): void {
    const delayMs = this.#hedge.nextDelayMs(passage.copiesSent);
    if (delayMs === STOP) return;
    passage.nextCopyAtMs = passage.nowMs + delayMs;
    passage.wakeAfter(this, delayMs);
  }
}
