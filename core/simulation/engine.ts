import { DelayLine } from './delay-line.ts';
import { type Action, type Clock, EventQueue } from './event-queue.ts';
import { MOST_EVENTS, MOST_IN_PROGRESS, MOST_PLANNED, TooMuchWork } from './too-much-work.ts';

/** How many events pass between two looks at the outside. */
const EVENTS_PER_LOOK = 4096;

/** Virtual time: it jumps from event to event. Times are milliseconds since the run began. */
export class Engine implements Clock {
  nowMs = 0;
  /** How many events have happened. */
  events = 0;
  isStopped = false;
  readonly #mostEvents: number;
  readonly #queue = new EventQueue(MOST_PLANNED, () => {
    throw new TooMuchWork(this.nowMs, '5 million timeouts, retries and answers are waited for');
  });
  #inProgress = 0;

  /** @param mostEvents how many events may happen before the run is given up */
  constructor(mostEvents: number = MOST_EVENTS) {
    this.#mostEvents = mostEvents;
  }

  /**
   * Lets `action` happen to `subject` at `atMs`; a time that has passed means now.
   *
   * @throws TooMuchWork when more is planned than memory should hold
   */
  at<T>(atMs: number, action: Action<T>, subject: T): void {
    // Also catches NaN, which would destroy the order of the queue.
    this.#queue.push(atMs > this.nowMs ? atMs : this.nowMs, action, subject);
  }

  after<T>(delayMs: number, action: Action<T>, subject: T): void {
    this.at(this.nowMs + delayMs, action, subject);
  }

  /** As `after` no time. Only while an event happens: then most often nothing has to be planned. */
  soon<T>(action: Action<T>, subject: T): void {
    this.#queue.pushNow(this, action, subject);
  }

  /**
   * For what is to happen a certain time later, unless it is put off before. What waits there does
   * not count as planned: a request in progress waits for no more than it has tries under way.
   *
   * @param delayMs 0 or more
   */
  line<T>(delayMs: number): DelayLine<T> {
    return new DelayLine(this.#queue, delayMs);
  }

  /** Ends the run after the event that is happening. */
  stop(): void {
    this.isStopped = true;
  }

  /** @throws TooMuchWork when more requests are in progress than memory should hold */
  workBegins(): void {
    if (++this.#inProgress <= MOST_IN_PROGRESS) return;
    throw new TooMuchWork(this.nowMs, '1 million requests are in progress');
  }

  workEnds(): void {
    this.#inProgress--;
  }

  /**
   * Runs every event up to and including `endMs`, or until stopped. `goOn` is asked now and then
   * whether to continue; false means that the run was given up.
   *
   * @throws TooMuchWork when more events happen than anybody will wait for
   */
  run(endMs: number, goOn: () => boolean): boolean {
    while (this.#runSome(endMs)) {
      if (!goOn()) return false;
      if (this.events > this.#mostEvents) {
        throw new TooMuchWork(this.nowMs, `${this.#mostEvents / 1e6} million events have happened`);
      }
    }
    if (!this.isStopped) this.nowMs = endMs;
    return goOn();
  }

  /**
   * Runs events until it is time for a look at the outside; says whether any are left. Apart from
   * `run`, so that what is compiled for this loop does not depend on who looks.
   */
  #runSome(endMs: number): boolean {
    const queue = this.#queue;
    for (let left = EVENTS_PER_LOOK; left > 0; left--) {
      if (this.isStopped || !queue.runNext(this, endMs)) return false;
    }
    return true;
  }
}
