import type { Clock, Timer } from './clock.ts';

/** One or the other is there in every host: what comes after all promises that are settled. */
declare const setImmediate: ((callback: () => void) => unknown) | undefined;
declare function setTimeout(callback: () => void, delayMs: number): unknown;

class VirtualTimer implements Timer {
  readonly atMs: number;
  readonly callback: () => void;
  cancelled = false;
  keepsAlive = true;

  constructor(atMs: number, callback: () => void) {
    this.atMs = atMs;
    this.callback = callback;
  }

  cancel(): void {
    this.cancelled = true;
  }

  keepAlive(on: boolean): void {
    this.keepsAlive = on;
  }
}

/** A clock for tests: time passes when it is told to, in no time. */
export class VirtualClock implements Clock {
  #nowMs: number;
  /** In the order in which they are due; those of the same time in the order of their making. */
  readonly #timers: VirtualTimer[] = [];

  /** @param startMs what it shows at first. */
  constructor(startMs = 0) {
    this.#nowMs = startMs;
  }

  nowMs(): number {
    return this.#nowMs;
  }

  after(delayMs: number, callback: () => void): Timer {
    const timer = new VirtualTimer(this.#nowMs + Math.max(0, delayMs), callback);
    const later = this.#timers.findIndex(({ atMs }) => atMs > timer.atMs);
    this.#timers.splice(later === -1 ? this.#timers.length : later, 0, timer);
    return timer;
  }

  /** Timers that have neither come nor been cancelled. */
  get pendingTimers(): number {
    return this.#timers.filter(({ cancelled }) => !cancelled).length;
  }

  /** Of these, the ones for which a process would stay alive. */
  get aliveTimers(): number {
    return this.#timers.filter(({ cancelled, keepsAlive }) => !cancelled && keepsAlive).length;
  }

  /**
   * Lets time pass. What is due comes in order, each at its own time, and what it sets in motion
   * (promises, further timers) goes on before the next one comes.
   *
   * @param durationMs 0 or more.
   */
  async advance(durationMs: number): Promise<void> {
    const untilMs = this.#nowMs + durationMs;
    await settledPromises();
    for (let timer = this.#due(untilMs); timer !== undefined; timer = this.#due(untilMs)) {
      this.#nowMs = timer.atMs;
      timer.callback();
      await settledPromises();
    }
    this.#nowMs = untilMs;
  }

  #due(untilMs: number): VirtualTimer | undefined {
    for (;;) {
      const [first] = this.#timers;
      if (first === undefined || first.atMs > untilMs) return undefined;
      this.#timers.shift();
      if (!first.cancelled) return first;
    }
  }
}

/** Until everything that waits for promises which are settled by now has gone on. */
function settledPromises(): Promise<void> {
  return new Promise((resolve) => {
    if (typeof setImmediate === 'function') setImmediate(resolve);
    else setTimeout(resolve, 0);
  });
}
