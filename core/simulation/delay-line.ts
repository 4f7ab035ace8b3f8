import { DeadlineEntry, DeadlineQueue } from '../patterns/index.ts';
import type { Action, EventQueue } from './event-queue.ts';

/** Something that is to happen to a subject after a while, as often as it is set; see `DelayLine`. */
export class Alarm<T> extends DeadlineEntry {
  /** Its place among all events of the same time. Written by the line only. */
  order = 0;
  readonly action: Action<T>;
  readonly subject: T;

  constructor(action: Action<T>, subject: T) {
    super();
    this.action = action;
    this.subject = subject;
  }
}

/**
 * Alarms that all go off the same time after they were set, most of which are put off before: the
 * timeouts of calls that are answered in time. They come due in the order in which they were set, so
 * a list does, and only its first one is in the queue of events. One that was put off stays there
 * until its time comes, and passes its place on to the one that is first by then: a call whose
 * answer is in time costs two links and no event.
 *
 * Each goes off exactly when, and among events of the same time where, it would have come had it
 * been put into the queue itself.
 */
export class DelayLine<T> {
  readonly #queue: EventQueue;
  readonly #waiting: DeadlineQueue<Alarm<T>>;
  #isPlanned = false;
  #plannedOrder = 0;

  /** @param delayMs after which each goes off; 0 or more */
  constructor(queue: EventQueue, delayMs: number) {
    this.#queue = queue;
    this.#waiting = new DeadlineQueue(delayMs);
  }

  set(alarm: Alarm<T>, nowMs: number): void {
    alarm.order = this.#queue.takeOrder();
    this.#waiting.add(alarm, nowMs);
    if (!this.#isPlanned) this.#plan(alarm);
  }

  /** Does nothing with one that is not set. */
  putOff(alarm: Alarm<T>): void {
    this.#waiting.remove(alarm);
  }

  /** The time has come of the one that was first when this was planned. */
  goOff(): void {
    const { first } = this.#waiting;
    const isDue = first?.order === this.#plannedOrder;
    if (isDue) this.#waiting.remove(first);
    const next = this.#waiting.first;
    if (next) this.#plan(next);
    else this.#isPlanned = false;
    if (isDue) first.action(first.subject);
  }

  #plan({ deadlineMs, order }: Alarm<T>): void {
    this.#isPlanned = true;
    this.#plannedOrder = order;
    this.#queue.pushAs(order, deadlineMs, goOff, this as DelayLine<unknown>);
  }
}

function goOff(line: DelayLine<unknown>): void {
  line.goOff();
}
