import { type Retry, STOP } from '../../patterns/index.ts';
import type { RandomStream } from '../../time/index.ts';
import { isFailure, type Outcome } from '../outcome.ts';
import { type InwardMove, Layer, type OutwardMove } from './layer.ts';
import type { Passage } from './passage.ts';

/** Tries again after a failure, as the policy and its budget allow. */
export class RetryLayer extends Layer {
  /** Shared, with its budget, by all calls that name the same policy. */
  readonly #retry: Retry;
  readonly #random: RandomStream;
  readonly #isIdempotent: boolean;

  constructor(depth: number, retry: Retry, random: RandomStream, isIdempotent: boolean) {
    super(depth);
    this.#retry = retry;
    this.#random = random;
    this.#isIdempotent = isIdempotent;
  }

  override begin({ nowMs }: Passage): InwardMove {
    this.#retry.recordCall(nowMs);
    return 'inward';
  }

  override ended(passage: Passage, outcome: Outcome): OutwardMove {
    if (!isFailure(outcome)) return outcome;
    const { isRefusal, mayHaveRun, nowMs, previousDelayMs, remainingMs, retryAfterMs } = passage;
    // The caller's own breaker would only reject the next try as well.
    if (isRefusal && outcome === 'circuit-open') return outcome;
    passage.failedTries++;
    if (mayHaveRun && !this.#isIdempotent) return outcome;
    const delayMs = this.#retry.nextDelayMs(
      passage.failedTries,
      previousDelayMs,
      this.#random,
      nowMs,
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
