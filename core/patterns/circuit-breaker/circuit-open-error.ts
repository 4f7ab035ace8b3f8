import { formatDuration } from '../../time/index.ts';
import type { BreakerStateKind } from './circuit-breaker.ts';

/** A call was not made because the breaker in front of it rejected it. */
export class CircuitOpenError extends Error {
  /** Name of the breaker. */
  readonly breaker: string;
  /** What the breaker was in: open, or half-open with all trials taken. */
  readonly state: BreakerStateKind;
  /** How long until the next trial may be made, ms; 0 when half-open. */
  readonly retryAfterMs: number;

  constructor(breaker: string, state: BreakerStateKind, retryAfterMs: number) {
    const hint =
      state === 'open' ? `next trial in ${formatDuration(retryAfterMs)}` : 'all trials are taken';
    super(`Circuit breaker '${breaker}' is ${state}: ${hint}`);
    this.name = 'CircuitOpenError';
    this.breaker = breaker;
    this.state = state;
    this.retryAfterMs = retryAfterMs;
  }
}
