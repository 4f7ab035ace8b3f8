import type { CallOutcome, ConcurrencyLimit } from '../patterns/index.ts';

/** A concurrency limit together with what it did during the run. */
export class RecordedLimit {
  readonly machine: ConcurrencyLimit;
  admitted = 0;
  rejected = 0;
  peakInFlight = 0;
  lowestLimit: number;
  highestLimit: number;

  constructor(machine: ConcurrencyLimit) {
    this.machine = machine;
    this.lowestLimit = machine.limit;
    this.highestLimit = machine.limit;
  }

  tryAcquire(): boolean {
    if (!this.machine.tryAcquire()) {
      this.rejected++;
      return false;
    }
    this.admitted++;
    this.peakInFlight = Math.max(this.peakInFlight, this.machine.inFlight);
    return true;
  }

  release(nowMs: number, durationMs: number, outcome: CallOutcome): void {
    this.machine.release(nowMs, durationMs, outcome);
    const { limit } = this.machine;
    if (limit < this.lowestLimit) this.lowestLimit = limit;
    if (limit > this.highestLimit) this.highestLimit = limit;
  }
}
