import type { Bulkhead, BulkheadTicket } from '../patterns/index.ts';
import type { Engine } from './engine.ts';
import type { FailureReason } from './outcome.ts';
import type { TimeSeries } from './time-series.ts';

export type PoolTicket = BulkheadTicket;

/** Whoever waits for a slot; told what becomes of it, unless it leaves before. */
export interface PoolUser {
  admitted(): void;
  refused(reason: FailureReason): void;
}

interface Waiting {
  readonly pool: Pool;
  readonly ticket: PoolTicket;
  readonly user: PoolUser;
}

/** A bulkhead in virtual time: lets waiters in and out when their time comes, and keeps the books. */
export class Pool {
  readonly machine: Bulkhead;
  readonly #engine: Engine;
  readonly #waiting = new Map<PoolTicket, Waiting>();
  /** Slots in use × ms per bucket. */
  readonly #usage: TimeSeries;
  #usageSinceMs = 0;

  constructor(engine: Engine, machine: Bulkhead, usage: TimeSeries) {
    this.#engine = engine;
    this.machine = machine;
    this.#usage = usage;
  }

  /**
   * Asks for a slot. Only where the ticket is `queued` will the user be told what becomes of it; an
   * `admitted` one has its slot now, every other was refused.
   */
  enter(user: PoolUser): PoolTicket {
    const { nowMs } = this.#engine;
    this.recordUsage();
    const ticket = this.machine.request(nowMs);
    if (ticket.outcome === 'queued') {
      const waiting = { pool: this, ticket, user };
      this.#waiting.set(ticket, waiting);
      this.#engine.at(ticket.deadlineMs, expire, waiting);
    }
    return ticket;
  }

  /** Gives back the slot, or the place in the queue. */
  leave(ticket: PoolTicket): void {
    if (ticket.outcome === 'queued') {
      this.machine.cancel(ticket);
      this.#waiting.delete(ticket);
    }
    if (ticket.outcome !== 'admitted') return;
    this.recordUsage();
    const next = this.machine.release(ticket, this.#engine.nowMs);
    const waiting = next && this.#waiting.get(next);
    if (!waiting) return;
    this.#waiting.delete(waiting.ticket);
    // As an event of its own: a long queue of users that fail at once must not pile up the stack.
    this.#engine.after(0, admit, waiting);
  }

  expire(waiting: Waiting): void {
    if (!this.#waiting.has(waiting.ticket)) return;
    if (!this.machine.expire(waiting.ticket, this.#engine.nowMs)) return;
    this.#waiting.delete(waiting.ticket);
    waiting.user.refused('pool-exhausted');
  }

  /** Books the use since the last change; called before each change and at the end of the run. */
  recordUsage(): void {
    const { nowMs } = this.#engine;
    this.#usage.addArea(this.#usageSinceMs, nowMs, this.machine.inUse);
    this.#usageSinceMs = nowMs;
  }

  /** Mean slots in use per bucket of the run that ended at `endMs`. */
  meanInUse(endMs: number): number[] {
    const areas = this.#usage.until(endMs);
    const { bucketMs } = this.#usage;
    return areas.map((area, bucket) => {
      const startMs = bucket * bucketMs;
      const lengthMs = Math.min(endMs, startMs + bucketMs) - startMs;
      return lengthMs > 0 ? area / lengthMs : 0;
    });
  }

  /** Share of the slots in use, averaged over the run that ended at `endMs`. */
  meanUtilisation(endMs: number): number {
    const area = this.#usage.until(endMs).reduce((sum, value) => sum + value, 0);
    return endMs > 0 ? area / (endMs * this.machine.size) : 0;
  }
}

function admit({ ticket, user }: Waiting): void {
  // It may have left between getting the slot and hearing of it.
  if (ticket.outcome === 'admitted') user.admitted();
}

function expire(waiting: Waiting): void {
  waiting.pool.expire(waiting);
}
