import type { FailureReason } from '../outcome.ts';
import { type InwardMove, Layer } from './layer.ts';
import type { Passage } from './passage.ts';

/** Waits for so long and no longer, then gives up what is inside. */
export abstract class TimeLimitLayer extends Layer {
  protected readonly limitMs: number;
  readonly #reason: FailureReason;

  constructor(depth: number, limitMs: number, reason: FailureReason) {
    super(depth);
    this.limitMs = limitMs;
    this.#reason = reason;
  }

  override begin(passage: Passage): InwardMove {
    passage.wakeAfter(this, this.limitMs);
    return 'inward';
  }

  override wake(passage: Passage): void {
    passage.giveUpInside(this.depth, true);
    passage.isRefusal = false;
    passage.end(this.#reason);
  }
}
