/**
 * A limited capacity: requests are served one after another, each for 1 / capacity seconds, and
 * wait in an unbounded line (M/D/1 under Poisson arrivals). What a request takes beyond that is
 * pure delay and occupies nothing.
 */
export class Server {
  readonly #serviceMs: number;
  #busyUntilMs = 0;

  constructor(capacityPerSecond: number) {
    this.#serviceMs = 1000 / capacityPerSecond;
  }

  /** Puts a request in line at `nowMs`; returns when it has been served. */
  serve(nowMs: number): number {
    this.#busyUntilMs = Math.max(nowMs, this.#busyUntilMs) + this.#serviceMs;
    return this.#busyUntilMs;
  }

  /** Forgets the line, as a crash does. */
  reset(): void {
    this.#busyUntilMs = 0;
  }
}

/** Absent where the capacity is unlimited. */
export function createServer(capacityPerSecond: number | undefined): Server | undefined {
  return capacityPerSecond === undefined ? undefined : new Server(capacityPerSecond);
}
