import { REJECTED } from '../../patterns/index.ts';
import type { RecordedBreaker } from '../breaker.ts';
import { between, type LocalClock } from '../local-clock.ts';
import { isFailure, type Outcome } from '../outcome.ts';
import { type InwardMove, Layer, type OutwardMove } from './layer.ts';
import type { Passage } from './passage.ts';

/** Asks the breaker for a permit, and tells it how the call went. */
export class CircuitBreakerLayer extends Layer {
  readonly #breaker: RecordedBreaker;

  constructor(depth: number, breaker: RecordedBreaker) {
    super(depth);
    this.#breaker = breaker;
  }

  override get clock(): LocalClock {
    return this.#breaker.clock;
  }

  override begin(passage: Passage): InwardMove {
    const { clock, machine } = this.#breaker;
    const { nowMs } = clock;
    const permit = machine.acquire(nowMs);
    if (permit === REJECTED) {
      this.#breaker.rejected++;
      return passage.refuse('circuit-open');
    }
    passage.permit = permit;
    passage.permittedAtMs = nowMs;
    return 'inward';
  }

  override ended(passage: Passage, outcome: Outcome): OutwardMove {
    const { clock, machine } = this.#breaker;
    const { isRefusal, permit, permittedAtMs } = passage;
    const { nowMs } = clock;
    if (!isFailure(outcome)) machine.succeed(permit, nowMs, between(permittedAtMs, nowMs));
    // What the caller's own pools and limits refuse says nothing about the callee.
    else if (isRefusal) machine.cancel(permit);
    else machine.fail(permit, nowMs, between(permittedAtMs, nowMs));
    return outcome;
  }

  /**
   * A callee that hangs until a time limit outside has passed has failed, or a breaker inside a
   * deadline would never learn of it. What was not sent yet, or is not needed any more, is neither.
   */
  override giveUp({ isUnanswered, permit, permittedAtMs }: Passage, isLate: boolean): void {
    const { clock, machine } = this.#breaker;
    const { nowMs } = clock;
    if (!isLate || !isUnanswered) machine.cancel(permit);
    else machine.fail(permit, nowMs, between(permittedAtMs, nowMs));
  }
}
