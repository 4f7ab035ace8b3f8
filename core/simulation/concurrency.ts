import type { CallOutcome, ConcurrencyLimit } from '../patterns/index.ts';
import type { Engine } from './engine.ts';
import { between, LocalClock } from './local-clock.ts';

/** A concurrency limit together with what it did during the run. */
export class RecordedLimit {
  readonly machine: ConcurrencyLimit;
  readonly clock: LocalClock;
  admitted = 0;
  rejected = 0;
  peakInFlight = 0;
  lowestLimit: number;
  highestLimit: number;

  constructor(engine: Engine, machine: ConcurrencyLimit) {
    this.clock = new LocalClock(engine);
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

  /** @param sinceMs when it was acquired, by the clock */
  release(sinceMs: number, outcome: CallOutcome): void {
    const { nowMs } = this.clock;
    this.machine.release(nowMs, between(sinceMs, nowMs), outcome);
    const { limit } = this.machine;
    if (limit < this.lowestLimit) this.lowestLimit = limit;
    if (limit > this.highestLimit) this.highestLimit = limit;
  }
}
