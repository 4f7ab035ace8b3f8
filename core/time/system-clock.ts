import type { Clock, Timer } from './clock.ts';

/** The few things that Node, browsers and workers all have under the same names. */
declare const performance: { readonly timeOrigin: number; now(): number };
declare function setTimeout(callback: () => void, delayMs: number): HostTimer;
declare function clearTimeout(timer: HostTimer | undefined): void;

/** An object in Node, a number elsewhere. */
type HostTimer = number | { ref(): void; unref(): void };

/** Hosts take a longer delay for 1 ms. */
const LONGEST_DELAY_MS = 2 ** 31 - 1;

/** Readings that follow one another this closely are a burst, once there are enough of them. */
const BURST_GAP_MS = 0.01;
const BURST_READINGS = 32;
/** How often a reading is used in a burst. */
const USES = 64;

/**
 * The clock of the process: ms since 1970 as of when the process began, from there on monotonic, and
 * exact to some microseconds.
 *
 * Reading it costs about as much as a promise, and each layer of a call wants to know the time. So
 * in a burst, more than 32 readings with less than 10 µs between them, a reading is used 64 times.
 * It is never used for longer than 1 ms or, if that ends later, the turn of the event loop in which
 * it was made; the host's own timers know no more than the time of the turn either.
 */
class SystemClock implements Clock {
  readonly #originMs = performance.timeOrigin;
  #readMs = Number.NEGATIVE_INFINITY;
  #usesLeft = 0;
  /** Readings since the burst began, if it is one. */
  #burst = 0;

  nowMs(): number {
    if (this.#usesLeft === 0) this.#read();
    this.#usesLeft -= 1;
    return this.#readMs;
  }

  after(delayMs: number, callback: () => void): Timer {
    return new SystemTimer(delayMs, callback);
  }

  #read(): void {
    const nowMs = this.#originMs + performance.now();
    const inBurst = this.#burst > BURST_READINGS;
    const gapMs = (nowMs - this.#readMs) / (inBurst ? USES : 1);
    this.#readMs = nowMs;
    this.#burst = gapMs < BURST_GAP_MS ? this.#burst + 1 : 0;
    this.#usesLeft = this.#burst > BURST_READINGS ? USES : 1;
    if (this.#burst === BURST_READINGS + 1) setTimeout(this.#endBurst, 0);
  }

  readonly #endBurst = (): void => {
    this.#burst = 0;
    this.#usesLeft = 0;
  };
}

class SystemTimer implements Timer {
  readonly #callback: () => void;
  #leftMs: number;
  #host: HostTimer | undefined = undefined;
  #keepsAlive = true;

  constructor(delayMs: number, callback: () => void) {
    this.#callback = callback;
    this.#leftMs = Math.max(0, delayMs);
    if (delayMs !== Number.POSITIVE_INFINITY) this.#arm();
  }

  cancel(): void {
    clearTimeout(this.#host);
    this.#host = undefined;
  }

  keepAlive(on: boolean): void {
    this.#keepsAlive = on;
    if (typeof this.#host !== 'object') return;
    if (on) this.#host.ref();
    else this.#host.unref();
  }

  #arm(): void {
    const delayMs = Math.min(this.#leftMs, LONGEST_DELAY_MS);
    this.#leftMs -= delayMs;
    // Hosts cut off the fraction, and would call back too early.
    this.#host = setTimeout(this.#ring, Math.ceil(delayMs));
    if (!this.#keepsAlive) this.keepAlive(false);
  }

  readonly #ring = (): void => {
    this.#host = undefined;
    if (this.#leftMs > 0) this.#arm();
    else this.#callback();
  };
}

export const systemClock: Clock = new SystemClock();
