import type { DelayLine } from '../delay-line.ts';
import type { Engine } from '../engine.ts';
import type { FailureReason, Outcome } from '../outcome.ts';
import { type InwardMove, Layer, type OutwardMove } from './layer.ts';
import type { Passage } from './passage.ts';

/** Waits for so long and no longer, then gives up what is inside. */
export abstract class TimeLimitLayer extends Layer {
  protected readonly limitMs: number;
  readonly #line: DelayLine<Passage>;
  readonly #reason: FailureReason;

  constructor(depth: number, engine: Engine, limitMs: number, reason: FailureReason) {
    super(depth);
    this.limitMs = limitMs;
    this.#line = engine.line(limitMs);
    this.#reason = reason;
  }

  override begin(passage: Passage): InwardMove {
    this.#line.set(passage.alarm(this), passage.nowMs);
    return 'inward';
  }

  override ended(passage: Passage, outcome: Outcome): OutwardMove {
    this.giveUp(passage);
    return outcome;
  }

  override giveUp(passage: Passage): void {
    this.#line.putOff(passage.alarm(this));
  }

  override wake(passage: Passage): void {
    passage.giveUpInside(this.depth, true);
    passage.isRefusal = false;
    passage.end(this.#reason);
  }
}
