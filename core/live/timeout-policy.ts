import { TimeoutError } from '../patterns/index.ts';
import type { Call } from './call.ts';
import { Deadlines, Waiter } from './deadlines.ts';
import type { Events } from './events.ts';
import type { Lower, Upper } from './frame.ts';
import { Layer, type LayerOptions } from './layer.ts';
import type { Below } from './route.ts';

export interface TimeoutPolicyOptions extends LayerOptions {
  /** The longest that a call may take; ms, 0 or more. */
  readonly timeoutMs: number;
  /**
   * What becomes of an operation that takes longer. Its caller has the error at once in any case,
   * and until it has really ended it keeps what it occupies, such as its slot in a bulkhead.
   * - `abort`, the default: its signal is aborted, so that it can end soon.
   * - `abandon`: it runs on undisturbed. For what must not be torn apart half-way.
   */
  readonly onTimeout?: 'abort' | 'abandon';
}

/**
 * Waits for an answer for so long only, then fails with a `TimeoutError`. Inside a retry it is the
 * timeout of an attempt; outside, the deadline of the whole call, waits included, which the retry
 * knows of.
 */
export class TimeoutPolicy extends Layer {
  readonly #limit: Limit;

  /** @throws RangeError when an option is out of range. */
  constructor(options: TimeoutPolicyOptions) {
    super(options.name ?? 'call', options.clock);
    this.#limit = {
      deadlines: new Deadlines(options.timeoutMs, this.clock),
      abandons: options.onTimeout === 'abandon',
      events: this.events,
      name: this.name,
    };
  }

  override get interrupts(): boolean {
    return true;
  }

  enter(call: Call, above: Upper, below: Below): void {
    const frame = new TimeoutFrame(above, this.#limit);
    this.#limit.deadlines.add(frame);
    below.enter(call, frame);
  }
}

/** What the frames of a policy share. */
interface Limit {
  readonly deadlines: Deadlines;
  readonly abandons: boolean;
  readonly events: Events;
  readonly name: string;
}

/** A frame (see there) that waits for its deadline. */
class TimeoutFrame extends Waiter implements Upper, Lower {
  declare readonly above: Upper;
  declare below: Lower | undefined;
  declare readonly limit: Limit;

  constructor(above: Upper, limit: Limit) {
    super();
    this.above = above;
    this.below = undefined;
    this.limit = limit;
    above.below = this;
  }

  succeed(value: unknown): void {
    this.limit.deadlines.remove(this);
    this.above.succeed(value);
  }

  fail(error: unknown): void {
    this.limit.deadlines.remove(this);
    this.above.fail(error);
  }

  cancel(reason: unknown, abandon: boolean): void {
    this.limit.deadlines.remove(this);
    this.below?.cancel(reason, abandon);
  }

  straggle(): void {
    this.above.straggle();
  }

  ended(failed: boolean): void {
    this.above.ended(failed);
  }

  get remainingMs(): number {
    return Math.min(this.limit.deadlines.leftMs(this), this.above.remainingMs);
  }

  due(): void {
    const { abandons, deadlines, events, name } = this.limit;
    const timeoutMs = deadlines.waitMs;
    const error = new TimeoutError(name, timeoutMs);
    if (events.heard) events.emit({ kind: 'timed-out', policy: name, timeoutMs });
    this.below?.cancel(error, abandons);
    this.above.fail(error);
  }
}
