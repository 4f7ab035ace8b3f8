import type { RecordedLimit } from '../concurrency.ts';
import type { LocalClock } from '../local-clock.ts';
import { type FailureReason, isFailure, type Outcome } from '../outcome.ts';
import { type InwardMove, Layer, type OutwardMove } from './layer.ts';
import type { Passage } from './passage.ts';

/** How a callee fails that has too much to do. */
const OVERLOADS: ReadonlySet<FailureReason> = new Set([
  'timeout',
  'deadline',
  'rate-limited',
  'limit-exceeded',
  'pool-exhausted',
  'no-connection',
]);

/** Makes no more calls at once than the callee has turned out to bear. */
export class ConcurrencyLimitLayer extends Layer {
  readonly #limit: RecordedLimit;

  constructor(depth: number, limit: RecordedLimit) {
    super(depth);
    this.#limit = limit;
  }

  override get clock(): LocalClock {
    return this.#limit.clock;
  }

  override begin(passage: Passage): InwardMove {
    if (!this.#limit.tryAcquire()) return passage.refuse('limit-exceeded');
    passage.limitedAtMs = this.#limit.clock.nowMs;
    return 'inward';
  }

  override ended(passage: Passage, outcome: Outcome): OutwardMove {
    if (!isFailure(outcome)) passage.load = 'success';
    else if (!passage.isRefusal && OVERLOADS.has(outcome)) passage.load = 'overload';
    this.#release(passage);
    return outcome;
  }

  /** As for a breaker, a callee that hangs is at fault; what was not sent says nothing. */
  override giveUp(passage: Passage, isLate: boolean): void {
    if (isLate && passage.isUnanswered) passage.load = 'overload';
    this.#release(passage);
  }

  override keep(passage: Passage): void {
    passage.limitKeepers++;
  }

  override letGo(passage: Passage): void {
    passage.limitKeepers--;
    if (passage.hasLeft(this)) this.#release(passage);
  }

  #release({ limitKeepers, limitedAtMs, load }: Passage): void {
    if (limitKeepers === 0) this.#limit.release(limitedAtMs, load);
  }
}
