import { SlidingWindow } from '../patterns/common/sliding-window.ts';

/** Over how long the load is taken, ms: short enough to follow a failover, long enough to be one. */
const LOAD_WINDOW_MS = 1000;
const LOAD_BUCKETS = 10;
/** The only column of the window. */
const REQUESTS = 0;

/**
 * A limited capacity: requests are served one after another, each for 1 / capacity seconds, and
 * wait in an unbounded line (M/D/1 under Poisson arrivals). What a request takes beyond that is
 * pure delay and occupies nothing.
 */
export class Server {
  readonly #serviceMs: number;
  readonly #recent = new SlidingWindow(LOAD_WINDOW_MS, LOAD_BUCKETS, 1);
  #busyUntilMs = 0;

  constructor(capacityPerSecond: number) {
    this.#serviceMs = 1000 / capacityPerSecond;
  }

  /**
   * Puts a request in line at `nowMs`; returns when it has been served.
   *
   * @param share of the capacity that there is at present
   */
  serve(nowMs: number, share = 1): number {
    this.#recent.advance(nowMs);
    this.#recent.add(REQUESTS, 1);
    this.#busyUntilMs = Math.max(nowMs, this.#busyUntilMs) + this.#serviceMs / share;
    return this.#busyUntilMs;
  }

  /** Share of the capacity that was asked for during the last second; above 1 the line grows. */
  load(nowMs: number): number {
    this.#recent.advance(nowMs);
    return (this.#recent.total(REQUESTS) * this.#serviceMs) / LOAD_WINDOW_MS;
  }

  /** Forgets the line, as a crash does. */
  reset(): void {
    this.#recent.clear();
    this.#busyUntilMs = 0;
  }
}

/** Absent where the capacity is unlimited. */
export function createServer(capacityPerSecond: number | undefined): Server | undefined {
  return capacityPerSecond === undefined ? undefined : new Server(capacityPerSecond);
}
