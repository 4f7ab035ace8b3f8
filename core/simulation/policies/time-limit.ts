import type { FailureReason } from '../outcome.ts';
import { type InwardMove, Layer } from './layer.ts';
import type { Passage } from './passage.ts';

/**
 * Waits for so long and no longer. Then what is inside is told to stop: slots are free, places in
 * queues given up, and only the callee works on without knowing. Or, when it is said to abandon,
 * everything inside goes on unwatched, and slots are free when the work has really ended.
 */
export abstract class TimeLimitLayer extends Layer {
  protected readonly limitMs: number;
  readonly #abandons: boolean;
  readonly #reason: FailureReason;

  constructor(depth: number, limitMs: number, abandons: boolean, reason: FailureReason) {
    super(depth);
    this.limitMs = limitMs;
    this.#abandons = abandons;
    this.#reason = reason;
  }

  override begin(passage: Passage): InwardMove {
    passage.wakeAfter(this, this.limitMs);
    if (!this.#abandons) return 'inward';
    // In a passage of its own, which can go on when this one has ended.
    passage.sendInside(this, false);
    return 'wait';
  }

  override wake(passage: Passage): void {
    if (this.#abandons) passage.abandon(this);
    else passage.giveUpInside(this.depth, true);
    passage.isRefusal = false;
    passage.end(this.#reason);
  }
}
