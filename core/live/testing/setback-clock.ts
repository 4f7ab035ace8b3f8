import { type Clock, type Timer, VirtualClock } from '../../time/index.ts';

/** A virtual clock whose face can be set back; what is to come still comes in time. */
export class SetbackClock implements Clock {
  readonly #clock = new VirtualClock();
  #aheadMs = 0;

  nowMs(): number {
    return this.#clock.nowMs() + this.#aheadMs;
  }

  after(delayMs: number, callback: () => void): Timer {
    return this.#clock.after(delayMs, callback);
  }

  setBack(ms: number): void {
    this.#aheadMs -= ms;
  }

  advance(durationMs: number): Promise<void> {
    return this.#clock.advance(durationMs);
  }

  get pendingTimers(): number {
    return this.#clock.pendingTimers;
  }
}
