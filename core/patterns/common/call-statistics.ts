import { SlidingWindow } from './sliding-window.ts';

/** How calls went, over the last five minutes where nothing else is said. */
export interface CallMetrics {
  /** In [0, 100]; 0 when there were no calls. */
  readonly successRatePercent: number;
  /** Of successful calls; 0 when there were none. */
  readonly averageResponseMs: number;
  /** Of failed calls; 0 when there were none. Long ones are timeouts, short ones refusals. */
  readonly averageFailureMs: number;
  /** Calls that ended. Rejected and cancelled ones do not count. */
  readonly recentCalls: number;
  /** Calls that ended, ever. */
  readonly totalCalls: number;
}

const WINDOW_MS = 300_000;
const BUCKETS = 30;

const SUCCESSES = 0;
const SUCCESS_MS = 1;
const FAILURES = 2;
const FAILURE_MS = 3;
const COLUMNS = 4;

/** Tallies calls in bounded memory, at any rate; see `SlidingWindow` for what the edges mean. */
export class CallStatistics {
  #totalCalls = 0;
  readonly #recent = new SlidingWindow(WINDOW_MS, BUCKETS, COLUMNS);

  /** A negative duration, measured over a clock that stepped back, counts as none. */
  succeed(nowMs: number, durationMs: number): void {
    this.#recent.advance(nowMs);
    this.#recent.add(SUCCESSES, 1);
    if (durationMs > 0) this.#recent.add(SUCCESS_MS, durationMs);
    this.#totalCalls += 1;
  }

  /** As for `succeed`. */
  fail(nowMs: number, durationMs: number): void {
    this.#recent.advance(nowMs);
    this.#recent.add(FAILURES, 1);
    if (durationMs > 0) this.#recent.add(FAILURE_MS, durationMs);
    this.#totalCalls += 1;
  }

  read(nowMs: number): CallMetrics {
    this.#recent.advance(nowMs);
    const successes = this.#recent.total(SUCCESSES);
    const failures = this.#recent.total(FAILURES);
    return {
      successRatePercent: 100 * mean(successes, successes + failures),
      averageResponseMs: mean(this.#recent.total(SUCCESS_MS), successes),
      averageFailureMs: mean(this.#recent.total(FAILURE_MS), failures),
      recentCalls: successes + failures,
      totalCalls: this.#totalCalls,
    };
  }
}

function mean(sum: number, count: number): number {
  return count === 0 ? 0 : sum / count;
}
