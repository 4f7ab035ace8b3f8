import type { Engine } from '../engine.ts';
import type { Outcome } from '../outcome.ts';
import type { InwardMove, OutwardMove } from './layer.ts';
import type { Passage } from './passage.ts';
import { TimeLimitLayer } from './time-limit.ts';

/** Limits how long all that is inside may take together, and lets retries know. */
export class DeadlineLayer extends TimeLimitLayer {
  constructor(depth: number, engine: Engine, deadlineMs: number) {
    super(depth, engine, deadlineMs, 'deadline');
  }

  override begin(passage: Passage): InwardMove {
    passage.deadlineAtMs = passage.nowMs + this.limitMs;
    return super.begin(passage);
  }

  override ended(passage: Passage, outcome: Outcome): OutwardMove {
    // A retry outside begins the next try with a deadline of its own.
    passage.deadlineAtMs = Number.POSITIVE_INFINITY;
    return super.ended(passage, outcome);
  }

  override wake(passage: Passage): void {
    passage.deadlineAtMs = Number.POSITIVE_INFINITY;
    super.wake(passage);
  }
}
