import { formatDuration } from '../../time/index.ts';
import { RejectedError } from '../common/rejected-error.ts';
import type { BreakerStateKind } from './circuit-breaker.ts';

/** A call was not made because the breaker in front of it rejected it. */
export class CircuitOpenError extends RejectedError {
  static {
    CircuitOpenError.prototype.name = 'CircuitOpenError';
  }

  /** Name of the breaker. */
  readonly breaker: string;
  /** What the breaker was in: open, half-open with all trials taken, or isolated. */
  readonly state: BreakerStateKind;
  /** How long until the next trial may be made, ms; 0 when half-open, `Infinity` when isolated. */
  readonly retryAfterMs: number;

  constructor(breaker: string, state: BreakerStateKind, retryAfterMs: number) {
    super(messageOf(breaker, state, retryAfterMs));
    this.breaker = breaker;
    this.state = state;
    this.retryAfterMs = retryAfterMs;
  }
}

/** What the last message was about. */
const last = { breaker: '', state: '', retryAfterMs: 0, message: '' };

/** Rejections come in bursts; those of the same millisecond share what they say. */
function messageOf(breaker: string, state: BreakerStateKind, exactMs: number): string {
  const retryAfterMs = exactMs < 1 ? exactMs : Math.round(exactMs);
  if (retryAfterMs !== last.retryAfterMs || state !== last.state || breaker !== last.breaker) {
    last.breaker = breaker;
    last.state = state;
    last.retryAfterMs = retryAfterMs;
    last.message = `Circuit breaker '${breaker}' is ${state}: ${hint(state, retryAfterMs)}`;
  }
  return last.message;
}

function hint(state: BreakerStateKind, retryAfterMs: number): string {
  if (state === 'open') return `next trial in ${formatDuration(retryAfterMs)}`;
  return state === 'isolated' ? 'until it is reset by hand' : 'all trials are taken';
}
