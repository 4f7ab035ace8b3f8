import { DeadlineEntry, DeadlineQueue } from '../patterns/index.ts';
import type { Clock, Timer } from '../time/index.ts';

/** Something that waits for its deadline among `Deadlines`. */
export abstract class Waiter extends DeadlineEntry {
  /** The deadline has come; it does not wait any more. */
  abstract due(): void;
}

/**
 * Many waits of the same length over a single timer of the host, which would cost as much as all
 * the rest of a call. The timer is left running when a wait ends early, and looks for what is due
 * when it comes: in steady work the host is asked for one timer per timeout's length, not per call.
 *
 * It keeps the process alive while something waits, and only then.
 */
export class Deadlines {
  readonly #clock: Clock;
  readonly #queue: DeadlineQueue<Waiter>;
  #timer: Timer | undefined = undefined;

  /**
   * @param waitMs of each; ms, 0 or more.
   * @throws RangeError when it is out of range.
   */
  constructor(waitMs: number, clock: Clock) {
    this.#queue = new DeadlineQueue(waitMs);
    this.#clock = clock;
  }

  get waitMs(): number {
    return this.#queue.timeoutMs;
  }

  add(waiter: Waiter): void {
    this.#queue.add(waiter, this.#clock.nowMs());
    if (this.#timer === undefined) this.#arm(this.waitMs);
    else if (this.#queue.size === 1) this.#timer.keepAlive(true);
  }

  /** Ends a wait early; nothing happens when it has ended already. */
  remove(waiter: Waiter): void {
    if (this.#queue.remove(waiter) && this.#queue.size === 0) this.#timer?.keepAlive(false);
  }

  /** How long one still has to wait, ms. */
  leftMs(waiter: Waiter): number {
    return this.#queue.leftMs(waiter, this.#clock.nowMs());
  }

  #arm(delayMs: number): void {
    this.#timer = this.#clock.after(delayMs, this.#ring);
  }

  readonly #ring = (): void => {
    const nowMs = this.#clock.nowMs();
    // The timer stays here although it has come, so that nothing added meanwhile makes another.
    this.#queue.expire(nowMs, due);
    this.#timer = undefined;
    if (this.#queue.size > 0) this.#arm(this.#queue.nextDeadlineMs - nowMs);
  };
}

function due(waiter: Waiter): void {
  waiter.due();
}
