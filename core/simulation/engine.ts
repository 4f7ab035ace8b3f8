import { type Action, EventQueue } from './event-queue.ts';

/** How many events pass between two looks at the outside. */
const EVENTS_PER_LOOK = 4096;

/** Virtual time: it jumps from event to event. Times are milliseconds since the run began. */
export class Engine {
  nowMs = 0;
  readonly #queue = new EventQueue();
  #stopped = false;

  /** Lets `action` happen to `subject` at `atMs`; a time that has passed means now. */
  at<T>(atMs: number, action: Action<T>, subject: T): void {
    // Also catches NaN, which would destroy the order of the queue.
    this.#queue.push(atMs > this.nowMs ? atMs : this.nowMs, action, subject);
  }

  after<T>(delayMs: number, action: Action<T>, subject: T): void {
    this.at(this.nowMs + delayMs, action, subject);
  }

  /** Ends the run after the event that is happening. */
  stop(): void {
    this.#stopped = true;
  }

  /**
   * Runs every event up to and including `endMs`, or until stopped. `goOn` is asked now and then
   * whether to continue; false means that the run was given up.
   */
  run(endMs: number, goOn: () => boolean): boolean {
    const queue = this.#queue;
    for (let untilLook = EVENTS_PER_LOOK; queue.nextTimeMs <= endMs && !this.#stopped; ) {
      this.nowMs = queue.nextTimeMs;
      queue.runNext();
      if (--untilLook === 0) {
        untilLook = EVENTS_PER_LOOK;
        if (!goOn()) return false;
      }
    }
    if (!this.#stopped) this.nowMs = endMs;
    return goOn();
  }
}
