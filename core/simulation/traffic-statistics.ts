import { Histogram } from './histogram.ts';
import { type FailureReason, isFailure, noFailures, type Outcome } from './outcome.ts';
import { type Combination, TimeSeries } from './time-series.ts';

/** Stretches of the run for which the share of failures is followed, to see when it comes back. */
const RECOVERY_BUCKETS = 600;

/** Counts in each of equal stretches of a run. */
export interface TrafficTimeline {
  readonly bucketMs: number;
  readonly arrived: readonly number[];
  readonly succeeded: readonly number[];
  readonly degraded: readonly number[];
  readonly failed: readonly number[];
  readonly retries: readonly number[];
}

/** Counts what the outside world sees, and how often the inside calls itself. */
export class TrafficStatistics {
  arrived = 0;
  /** Requests of a load test that no caller was free to send. */
  unsent = 0;
  /** Answered in full. */
  succeeded = 0;
  degraded = 0;
  readonly failures: Record<FailureReason, number> = noFailures();
  readonly latency = new Histogram();
  /** Calls that a first try of a request makes, each counted once however often it is tried. */
  callsIntended = 0;
  /** Attempts that left their caller: not held back by a breaker or a full pool. */
  callsSent = 0;
  /** Over time, in buckets that are finer than those of the timeline. */
  readonly arrivals: TimeSeries;
  readonly outcomes: Readonly<Record<'succeeded' | 'degraded' | 'failed', TimeSeries>>;
  readonly #retries: TimeSeries;
  /** When the first and the last failed answer of each of these buckets came. */
  readonly firstFailures: TimeSeries;
  readonly lastFailures: TimeSeries;
  readonly #bucketMs: number;
  /** How many fine buckets are one of the timeline. */
  readonly #parts: number;

  /** @param bucketMs first length of the timeline's buckets, of which there may be `buckets` */
  constructor(bucketMs: number, buckets: number) {
    this.#bucketMs = bucketMs;
    this.#parts = Math.ceil(RECOVERY_BUCKETS / buckets);
    const fine = (combination?: Combination) =>
      new TimeSeries(bucketMs / this.#parts, buckets * this.#parts, combination);
    this.arrivals = fine();
    this.outcomes = { succeeded: fine(), degraded: fine(), failed: fine() };
    this.#retries = fine();
    this.firstFailures = fine('least');
    this.lastFailures = fine('greatest');
  }

  /** What there was in each of equal stretches of the run that ended at `endMs`. */
  timeline(endMs: number): TrafficTimeline {
    const of = (series: TimeSeries) => sumsOf(series.until(endMs), this.#parts);
    const { degraded, failed, succeeded } = this.outcomes;
    const counts = {
      arrived: of(this.arrivals),
      succeeded: of(succeeded),
      degraded: of(degraded),
      failed: of(failed),
      retries: of(this.#retries),
    };
    // Known only now: buckets merge when time has passed the last of them.
    const merged = (this.arrivals.bucketMs * this.#parts) / this.#bucketMs;
    return { bucketMs: this.#bucketMs * Math.round(merged), ...counts };
  }

  get failed(): number {
    return Object.values(this.failures).reduce((sum, count) => sum + count, 0);
  }

  arrive(nowMs: number): void {
    this.arrived++;
    this.arrivals.add(nowMs, 1);
  }

  /** Only answers have a latency that anyone waits for; failures are told by their number. */
  answer(outcome: Outcome, nowMs: number, latencyMs: number): void {
    if (isFailure(outcome)) {
      this.failures[outcome]++;
      this.outcomes.failed.add(nowMs, 1);
      this.firstFailures.add(nowMs, nowMs);
      this.lastFailures.add(nowMs, nowMs);
      return;
    }
    this.latency.record(latencyMs);
    if (outcome === 'ok') {
      this.succeeded++;
      this.outcomes.succeeded.add(nowMs, 1);
    } else {
      this.degraded++;
      this.outcomes.degraded.add(nowMs, 1);
    }
  }

  send(isRetry: boolean, nowMs: number): void {
    this.callsSent++;
    if (isRetry) this.#retries.add(nowMs, 1);
  }
}

/** Of each so many neighbours. */
function sumsOf(counts: readonly number[], parts: number): number[] {
  const sums = new Array<number>(Math.ceil(counts.length / parts)).fill(0);
  for (const [index, count] of counts.entries()) {
    const sum = Math.floor(index / parts);
    sums[sum] = (sums[sum] as number) + count;
  }
  return sums;
}
