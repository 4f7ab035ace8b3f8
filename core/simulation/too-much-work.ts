/** The most requests that may be in progress at once: each takes memory until it ends. */
export const MOST_IN_PROGRESS = 1_000_000;
/** The most things that may be planned at once. */
export const MOST_PLANNED = 5_000_000;
/** The most events, where no config says how many. */
export const MOST_EVENTS = 200_000_000;
/** The most changes of state of one component or breaker. */
export const MOST_STATES = 2_000_000;

/**
 * Thrown when a run turns out to be more than a machine can hold or anybody will wait for. What is
 * asked for is limited beforehand, but retries and loops show how much they are only as it runs.
 */
export class TooMuchWork extends Error {
  override readonly name = 'TooMuchWork';
  readonly atMs: number;

  /** @param what goes on, with its number, as in "1 million requests in progress" */
  constructor(atMs: number, what: string) {
    super(what);
    this.atMs = atMs;
  }
}
