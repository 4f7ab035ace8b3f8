import { Histogram } from './histogram.ts';
import { type FailureReason, isFailure, noFailures, type Outcome } from './outcome.ts';
import { TimeSeries } from './time-series.ts';

/** Stretches of the run for which the share of failures is followed, to see when it comes back. */
const RECOVERY_BUCKETS = 600;

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
  readonly timeline: Readonly<
    Record<'arrived' | 'succeeded' | 'degraded' | 'failed' | 'retries', TimeSeries>
  >;
  /** Finer than the timeline: arrivals, answers and failures among them. */
  readonly arrivals: TimeSeries;
  readonly answers: TimeSeries;
  readonly failedAnswers: TimeSeries;
  /** When the first and the last failed answer of each of these buckets came. */
  readonly firstFailures: TimeSeries;
  readonly lastFailures: TimeSeries;

  /** @param bucketMs first length of the timeline's buckets, of which there may be `buckets` */
  constructor(bucketMs: number, buckets: number) {
    const series = () => new TimeSeries(bucketMs, buckets);
    this.timeline = {
      arrived: series(),
      succeeded: series(),
      degraded: series(),
      failed: series(),
      retries: series(),
    };
    const fineMs = (bucketMs * buckets) / RECOVERY_BUCKETS;
    this.arrivals = new TimeSeries(fineMs, RECOVERY_BUCKETS);
    this.answers = new TimeSeries(fineMs, RECOVERY_BUCKETS);
    this.firstFailures = new TimeSeries(fineMs, RECOVERY_BUCKETS, 'least');
    this.lastFailures = new TimeSeries(fineMs, RECOVERY_BUCKETS, 'greatest');
    this.failedAnswers = new TimeSeries(fineMs, RECOVERY_BUCKETS);
  }

  get failed(): number {
    return Object.values(this.failures).reduce((sum, count) => sum + count, 0);
  }

  arrive(nowMs: number): void {
    this.arrived++;
    this.arrivals.add(nowMs, 1);
    this.timeline.arrived.add(nowMs, 1);
  }

  /** Only answers have a latency that anyone waits for; failures are told by their number. */
  answer(outcome: Outcome, nowMs: number, latencyMs: number): void {
    this.answers.add(nowMs, 1);
    if (isFailure(outcome)) {
      this.failures[outcome]++;
      this.failedAnswers.add(nowMs, 1);
      this.firstFailures.add(nowMs, nowMs);
      this.lastFailures.add(nowMs, nowMs);
      this.timeline.failed.add(nowMs, 1);
      return;
    }
    this.latency.record(latencyMs);
    if (outcome === 'ok') this.succeeded++;
    else this.degraded++;
    this.timeline[outcome === 'ok' ? 'succeeded' : 'degraded'].add(nowMs, 1);
  }

  send(isRetry: boolean, nowMs: number): void {
    this.callsSent++;
    if (isRetry) this.timeline.retries.add(nowMs, 1);
  }
}
