import { Histogram } from './histogram.ts';
import { type FailureReason, isFailure, noFailures, type Outcome } from './outcome.ts';

/** What happened to the requests at one service, from outside and from other services. */
export class StationStatistics {
  requests = 0;
  /** Answered in full. */
  succeeded = 0;
  degraded = 0;
  readonly failures: Record<FailureReason, number> = noFailures();
  /** Of answers; failures are told by their number. */
  readonly latency = new Histogram();

  end(outcome: Outcome, latencyMs: number): void {
    if (isFailure(outcome)) {
      this.failures[outcome]++;
      return;
    }
    this.latency.record(latencyMs);
    if (outcome === 'ok') this.succeeded++;
    else this.degraded++;
  }
}
