/**
 * What live code knows of time. Machines are told the time and never ask; their shells ask a clock,
 * and are handed another one in tests.
 */
export interface Clock {
  /** Time since some fixed moment, ms. Only differences mean anything. */
  nowMs(): number;
  /**
   * Calls back once, when this long has passed, within the precision of the host (about 1 ms).
   *
   * @param delayMs what is below 0 counts as 0; at infinity it never comes.
   */
  after(delayMs: number, callback: () => void): Timer;
}

/** A call back that is to come. */
export interface Timer {
  /** It will not come any more. Does nothing when it has come already. */
  cancel(): void;
  /**
   * Whether the process stays alive to see it, as it does at first. This is for hosts that end by
   * themselves, as Node does; elsewhere it means nothing.
   */
  keepAlive(on: boolean): void;
}
