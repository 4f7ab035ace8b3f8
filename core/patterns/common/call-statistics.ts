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

/** Tallies calls in bounded memory, at any rate; see `SlidingWindow` for what the edges mean. */
export class CallStatistics {
  #totalCalls = 0;
  readonly #recent = new SlidingWindow(WINDOW_MS, BUCKETS, () => ({
    successes: 0,
    successMs: 0,
    failures: 0,
    failureMs: 0,
  }));

  succeed(nowMs: number, durationMs: number): void {
    const bucket = this.#recent.current(nowMs);
    bucket.successes += 1;
    bucket.successMs += durationMs;
    this.#totalCalls += 1;
  }

  fail(nowMs: number, durationMs: number): void {
    const bucket = this.#recent.current(nowMs);
    bucket.failures += 1;
    bucket.failureMs += durationMs;
    this.#totalCalls += 1;
  }

  read(nowMs: number): CallMetrics {
    const successes = this.#recent.sum(nowMs, (bucket) => bucket.successes);
    const failures = this.#recent.sum(nowMs, (bucket) => bucket.failures);
    const successMs = this.#recent.sum(nowMs, (bucket) => bucket.successMs);
    const failureMs = this.#recent.sum(nowMs, (bucket) => bucket.failureMs);
    return {
      successRatePercent: 100 * mean(successes, successes + failures),
      averageResponseMs: mean(successMs, successes),
      averageFailureMs: mean(failureMs, failures),
      recentCalls: successes + failures,
      totalCalls: this.#totalCalls,
    };
  }
}

function mean(sum: number, count: number): number {
  return count === 0 ? 0 : sum / count;
}
