import { type Retry, STOP } from '../../patterns/index.ts';
import type { RandomStream } from '../../time/index.ts';
import type { LocalClock } from '../local-clock.ts';
import { isFailure, type Outcome } from '../outcome.ts';
import { type InwardMove, Layer, type OutwardMove } from './layer.ts';
import type { Passage } from './passage.ts';

/** A policy that several calls may share, with its budget and the clock that it goes by. */
export interface SharedRetry {
  readonly machine: Retry;
  readonly clock: LocalClock;
}

/** Tries again after a failure, as the policy and its budget allow. */
export class RetryLayer extends Layer {
  readonly #retry: SharedRetry;
  readonly #random: RandomStream;
  readonly #isIdempotent: boolean;

  constructor(depth: number, retry: SharedRetry, random: RandomStream, isIdempotent: boolean) {
    super(depth);
    this.#retry = retry;
    this.#random = random;
    this.#isIdempotent = isIdempotent;
  }

  override get clock(): LocalClock {
    return this.#retry.clock;
  }

  override begin(): InwardMove {
    const { clock, machine } = this.#retry;
    machine.recordCall(clock.nowMs);
    return 'inward';
  }

  override ended(passage: Passage, outcome: Outcome): OutwardMove {
    if (!isFailure(outcome)) return outcome;
    const { isRefusal, mayHaveRun, previousDelayMs, remainingMs, retryAfterMs } = passage;
    // The caller's own breaker would only reject the next try as well.
    if (isRefusal && outcome === 'circuit-open') return outcome;
    passage.failedTries++;
    if (mayHaveRun && !this.#isIdempotent) return outcome;
    const { clock, machine } = this.#retry;
    const delayMs = machine.nextDelayMs(
      passage.failedTries,
      previousDelayMs,
      this.#random,
      clock.nowMs,
      isRefusal ? retryAfterMs : 0,
      remainingMs,
    );
    if (delayMs === STOP) return outcome;
    passage.previousDelayMs = delayMs;
    passage.wakeAfter(this, delayMs);
    return 'wait';
  }

  override wake(passage: Passage): void {
    passage.plan.counts.retries++;
    passage.tryAgain(this);
  }
}
