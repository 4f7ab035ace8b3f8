import {
  Bulkhead,
  BulkheadFullError,
  type BulkheadOptions,
  type BulkheadStats,
  type BulkheadTicket,
} from '../patterns/index.ts';
import type { Clock, Timer } from '../time/index.ts';
import type { Call } from './call.ts';
import type { Events } from './events.ts';
import type { Upper } from './frame.ts';
import { HoldingFrame } from './holding-frame.ts';
import { Layer } from './layer.ts';
import type { Below } from './route.ts';

export interface BulkheadPolicyOptions {
  /**
   * The pool, or what to make it of. One that is given, by a `BulkheadManager` say, must not be used
   * by anyone else.
   */
  readonly pool: Bulkhead | BulkheadOptions;
  /** By default the clock of the process. */
  readonly clock?: Clock;
}

/**
 * Lets so many calls run at once and no more: see `Bulkhead` for the queue. Who finds no slot, or
 * waits for one in vain, fails with a `BulkheadFullError`.
 *
 * The slot is held for as long as the operation really runs, also when a timeout inside it or the
 * caller has given up the call: otherwise more would run at once than there are slots.
 */
export class BulkheadPolicy extends Layer {
  readonly #slots: Slots;

  /** @throws RangeError when an option is out of range. */
  constructor({ pool, clock }: BulkheadPolicyOptions) {
    super(pool.name, clock);
    const machine = pool instanceof Bulkhead ? pool : new Bulkhead(pool);
    this.#slots = new Slots(machine, this.clock, this.events);
  }

  /** Slots in use. */
  get inUse(): number {
    return this.#slots.pool.inUse;
  }

  /** Calls that wait for a slot. */
  get queued(): number {
    return this.#slots.pool.queued;
  }

  get stats(): BulkheadStats {
    return this.#slots.pool.stats;
  }

  enter(call: Call, above: Upper, below: Below): void {
    this.#slots.enter(call, above, below);
  }
}

/** A call that waits for a slot, and how it goes on when it has one. */
interface Waiting {
  readonly frame: BulkheadFrame;
  readonly call: Call;
  readonly below: Below;
}

/** The pool, those who wait for it, and one timer for all of them. */
class Slots {
  readonly pool: Bulkhead;
  readonly #clock: Clock;
  readonly #events: Events;
  /** In the order of arrival, which is that of the deadlines. */
  readonly #waiting = new Map<BulkheadTicket, Waiting>();
  #timer: Timer | undefined = undefined;

  constructor(pool: Bulkhead, clock: Clock, events: Events) {
    this.pool = pool;
    this.#clock = clock;
    this.#events = events;
  }

  enter(call: Call, above: Upper, below: Below): void {
    const ticket = this.pool.request(this.#clock.nowMs());
    if (ticket.outcome === 'rejected') {
      this.#reject(above);
      return;
    }
    const frame = new BulkheadFrame(above, this, ticket);
    if (ticket.outcome === 'admitted') {
      below.enter(call, frame);
    } else {
      this.#waiting.set(ticket, { frame, call, below });
      this.#arm();
    }
  }

  /**
   * Frees a slot, which goes to the first of those who wait. That one goes on a moment later: what
   * frees a slot is in the middle of answering its own call, which may be the same.
   */
  release(ticket: BulkheadTicket): void {
    const next = this.pool.release(ticket, this.#clock.nowMs());
    if (next !== undefined) void Promise.resolve(next).then(this.#goOn);
  }

  /** @returns whether it was waiting; if so, it does not any more. */
  cancel(ticket: BulkheadTicket): boolean {
    if (this.#leave(ticket) === undefined) return false;
    // It may have got a slot and not gone on yet.
    if (ticket.outcome === 'admitted') this.release(ticket);
    else this.pool.cancel(ticket);
    return true;
  }

  readonly #goOn = (ticket: BulkheadTicket): void => {
    const waiting = this.#leave(ticket);
    waiting?.below.enter(waiting.call, waiting.frame);
  };

  #leave(ticket: BulkheadTicket): Waiting | undefined {
    const waiting = this.#waiting.get(ticket);
    this.#waiting.delete(ticket);
    if (this.#waiting.size === 0) {
      this.#timer?.cancel();
      this.#timer = undefined;
    }
    return waiting;
  }

  #arm(): void {
    const delayMs = this.pool.nextDeadlineMs - this.#clock.nowMs();
    this.#timer ??= this.#clock.after(delayMs, this.#ring);
  }

  readonly #ring = (): void => {
    this.#timer = undefined;
    const nowMs = this.#clock.nowMs();
    for (const [ticket, { frame }] of this.#waiting) {
      if (!this.pool.expire(ticket, nowMs)) break;
      this.#waiting.delete(ticket);
      this.#reject(frame.above);
    }
    if (this.#waiting.size > 0) this.#arm();
  };

  #reject(above: Upper): void {
    const error = new BulkheadFullError(this.pool.name, this.pool.utilisation);
    if (this.#events.heard) this.#events.emit({ kind: 'rejected', policy: this.pool.name, error });
    above.fail(error);
  }
}

class BulkheadFrame extends HoldingFrame {
  declare readonly slots: Slots;
  declare readonly ticket: BulkheadTicket;

  constructor(above: Upper, slots: Slots, ticket: BulkheadTicket) {
    super(above);
    this.slots = slots;
    this.ticket = ticket;
  }

  override succeed(value: unknown): void {
    this.finish();
    this.above.succeed(value);
  }

  override fail(error: unknown): void {
    this.finish();
    this.above.fail(error);
  }

  override cancel(reason: unknown, abandon: boolean): void {
    if (this.slots.cancel(this.ticket)) return;
    super.cancel(reason, abandon);
    this.finish();
  }

  override release(): void {
    this.slots.release(this.ticket);
  }
}
