import { requireInteger, requireNumber } from '../common/options.ts';
import { DeadlineEntry, DeadlineQueue } from '../deadline/deadline-queue.ts';

export interface BulkheadOptions {
  readonly name: string;
  /** Slots: how many calls may run at once; 1 or more. */
  readonly size: number;
  /** How many calls may wait for a slot; 0 or more, by default 0: a full pool rejects. */
  readonly queueSize?: number;
  /** The longest that a call waits for a slot; ms, by default 10 s. */
  readonly maxWaitMs?: number;
}

export interface BulkheadStats {
  /** All of them: admitted, rejected, timed out, cancelled, and waiting now. */
  readonly requests: number;
  /** Got a slot, at once or after waiting. */
  readonly admitted: number;
  /** Turned away at once: all slots in use, and no place in the queue. */
  readonly rejected: number;
  /** Waited for as long as allowed, in vain. */
  readonly timeouts: number;
  /** Stopped waiting by themselves. */
  readonly cancelled: number;
  readonly peakInUse: number;
  readonly peakQueued: number;
}

export type BulkheadOutcome =
  | 'admitted'
  | 'queued'
  | 'rejected'
  | 'released'
  | 'timed-out'
  | 'cancelled';

/** One request for a slot and what has become of it so far. */
export interface BulkheadTicket {
  readonly outcome: BulkheadOutcome;
  /** The last moment at which a waiter may still be admitted, unless the clock steps back; ms. */
  readonly deadlineMs: number;
}

interface Ticket extends BulkheadTicket {
  readonly bulkhead: Bulkhead | undefined;
  outcome: BulkheadOutcome;
}

/**
 * A ticket for one request after another, so that none has to be made: for who makes many. Extend it
 * with who sits there. Its fields are written by the bulkhead only.
 */
export class BulkheadSeat extends DeadlineEntry implements BulkheadTicket {
  bulkhead: Bulkhead | undefined = undefined;
  outcome: BulkheadOutcome = 'released';
}

/**
 * A pool of slots that keeps one kind of work from taking all there is. When every slot is in use,
 * up to `queueSize` callers wait, first come, first served, each for up to `maxWaitMs`; who finds
 * the queue full is rejected at once.
 *
 * A released slot goes straight to the next waiter, so no newcomer can take it first. Tickets know
 * what became of them: a slot cannot be released twice, by another pool, or without having been
 * given.
 */
export class Bulkhead {
  readonly name: string;
  readonly size: number;
  readonly queueSize: number;
  readonly #waiters: DeadlineQueue<BulkheadSeat>;
  readonly #stats = {
    requests: 0,
    admitted: 0,
    rejected: 0,
    timeouts: 0,
    cancelled: 0,
    peakInUse: 0,
    peakQueued: 0,
  };
  #inUse = 0;

  /** @throws RangeError when an option is out of range. */
  constructor({ name, size, queueSize = 0, maxWaitMs = 10_000 }: BulkheadOptions) {
    this.name = name;
    this.size = requireInteger('size', size, 1);
    this.queueSize = requireInteger('queueSize', queueSize, 0);
    this.#waiters = new DeadlineQueue(requireNumber('maxWaitMs', maxWaitMs));
  }

  /** Slots in use. */
  get inUse(): number {
    return this.#inUse;
  }

  /** Callers waiting for a slot. */
  get queued(): number {
    return this.#waiters.size;
  }

  /** The waiter whose turn is next. */
  get next(): BulkheadTicket | undefined {
    return this.#waiters.first;
  }

  /** When the first of the waiters has waited for long enough, ms; infinity when none waits. */
  get nextDeadlineMs(): number {
    return this.#waiters.nextDeadlineMs;
  }

  /** Share of the slots in use, in [0, 1]. */
  get utilisation(): number {
    return this.#inUse / this.size;
  }

  get stats(): BulkheadStats {
    return { ...this.#stats };
  }

  /**
   * Asks for a slot: `admitted` and `queued` tickets must be released or cancelled some time.
   *
   * @param seat to be the ticket, once what it was used for before has ended; by default a new one
   */
  request(nowMs: number, seat?: BulkheadSeat): BulkheadTicket {
    this.#stats.requests += 1;
    if (this.#inUse < this.size) {
      this.#inUse += 1;
      this.#stats.admitted += 1;
      this.#stats.peakInUse = Math.max(this.#stats.peakInUse, this.#inUse);
      return this.#ticket('admitted', nowMs, seat);
    }
    this.#dropExpired(nowMs);
    if (this.#waiters.size < this.queueSize) {
      const waiter = seat ?? new BulkheadSeat();
      waiter.bulkhead = this;
      waiter.outcome = 'queued';
      this.#waiters.add(waiter, nowMs);
      this.#stats.peakQueued = Math.max(this.#stats.peakQueued, this.#waiters.size);
      return waiter;
    }
    this.#stats.rejected += 1;
    return this.#ticket('rejected', nowMs, seat);
  }

  /**
   * Gives back the slot of an admitted ticket; does nothing with any other.
   *
   * @returns the waiter that has the slot now. Waiters past their deadline are timed out instead.
   */
  release(ticket: BulkheadTicket, nowMs: number): BulkheadTicket | undefined {
    const own = this.#own(ticket);
    if (own?.outcome !== 'admitted') return undefined;
    own.outcome = 'released';
    this.#dropExpired(nowMs);
    const next = this.#waiters.first;
    if (next === undefined) {
      this.#inUse -= 1;
      return undefined;
    }
    this.#waiters.remove(next);
    next.outcome = 'admitted';
    this.#stats.admitted += 1;
    return next;
  }

  /**
   * To be called for each waiter when its deadline comes.
   *
   * @returns whether the ticket has timed out, now or before. One that still waits, because the clock
   * has stepped back, is to be asked for again at `nextDeadlineMs`.
   */
  expire(ticket: BulkheadTicket, nowMs: number): boolean {
    const waiter = this.#waiter(ticket);
    if (waiter && this.#waiters.leftMs(waiter, nowMs) <= 0) this.#timeOut(waiter);
    return this.#own(ticket)?.outcome === 'timed-out';
  }

  /** Takes a waiter out of the queue; does nothing with any other ticket. */
  cancel(ticket: BulkheadTicket): void {
    const waiter = this.#waiter(ticket);
    if (waiter === undefined) return;
    this.#waiters.remove(waiter);
    waiter.outcome = 'cancelled';
    this.#stats.cancelled += 1;
  }

  #ticket(outcome: BulkheadOutcome, nowMs: number, seat: BulkheadSeat | undefined): Ticket {
    if (!seat) return { bulkhead: this, outcome, deadlineMs: nowMs };
    seat.bulkhead = this;
    seat.outcome = outcome;
    seat.deadlineMs = nowMs;
    return seat;
  }

  #waiter(ticket: BulkheadTicket): BulkheadSeat | undefined {
    return ticket instanceof BulkheadSeat && ticket.queue === this.#waiters ? ticket : undefined;
  }

  #own(ticket: BulkheadTicket): Ticket | undefined {
    const own = ticket as Ticket;
    return own.bulkhead === this ? own : undefined;
  }

  /** All wait equally long, so those past their deadline stand in front. */
  #dropExpired(nowMs: number): void {
    for (let { first } = this.#waiters; first; first = this.#waiters.first) {
      if (this.#waiters.leftMs(first, nowMs) >= 0) return;
      this.#timeOut(first);
    }
  }

  #timeOut(waiter: BulkheadSeat): void {
    this.#waiters.remove(waiter);
    waiter.outcome = 'timed-out';
    this.#stats.timeouts += 1;
  }
}
