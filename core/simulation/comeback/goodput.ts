import type { Outcome } from '../outcome.ts';
import { TimeSeries } from '../time-series.ts';

/** Stretches of the run for which goodput is followed. */
const BUCKETS = 600;

/**
 * What is offered to one entry service, and how much of it is answered in full. An answer of a
 * fallback is none: behind it the system may still be down.
 */
export class Goodput {
  readonly arrivals: TimeSeries;
  /** By when the answer came. */
  readonly answers: TimeSeries;

  /** @param coveredMs how long the run is at first thought to be */
  constructor(coveredMs: number) {
    this.arrivals = new TimeSeries(coveredMs / BUCKETS, BUCKETS);
    this.answers = new TimeSeries(coveredMs / BUCKETS, BUCKETS);
  }

  arrive(nowMs: number): void {
    this.arrivals.add(nowMs, 1);
  }

  answer(outcome: Outcome, nowMs: number): void {
    if (outcome === 'ok') this.answers.add(nowMs, 1);
  }
}
