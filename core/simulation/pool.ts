import { type Bulkhead, type BulkheadOutcome, BulkheadSeat } from '../patterns/index.ts';
import type { Engine } from './engine.ts';
import type { FailureReason } from './outcome.ts';
import type { TimeSeries } from './time-series.ts';

/** Whoever waits to be let in; told what becomes of it, unless it leaves before. */
export interface PoolUser {
  admitted(): void;
  refused(reason: FailureReason): void;
}

/** A user of a pool, who comes again and again and has the same seat each time. */
export interface SeatUser extends PoolUser {
  /** Written by the pool only. */
  seat: Seat | undefined;
}

export class Seat extends BulkheadSeat {
  readonly user: SeatUser;
  /** Whether its user has got a slot after waiting and is about to hear of it. */
  isCalled = false;

  constructor(user: SeatUser) {
    super();
    this.user = user;
  }
}

/** A bulkhead in virtual time: lets waiters in and out when their time comes, and keeps the books. */
export class Pool {
  readonly machine: Bulkhead;
  readonly #engine: Engine;
  /** Whether there will be a look at who has waited for too long. */
  #isExpiryPlanned = false;
  /** Slots in use × ms per bucket. */
  readonly #usage: TimeSeries;
  #usageSinceMs = 0;
  /** Slots in use × ms, and waiters × ms, until then. */
  #usedMs = 0;
  #waitedMs = 0;

  constructor(engine: Engine, machine: Bulkhead, usage: TimeSeries) {
    this.#engine = engine;
    this.machine = machine;
    this.#usage = usage;
  }

  /**
   * Asks for a slot. Only who is `queued` will be told what becomes of it; who is `admitted` has its
   * slot now, every other was refused.
   */
  enter(user: SeatUser): BulkheadOutcome {
    this.recordUsage();
    // Who left just when it was called is still to hear of that, in vain.
    if (!user.seat || user.seat.isCalled) user.seat = new Seat(user);
    const { outcome } = this.machine.request(this.#engine.nowMs, user.seat);
    if (outcome === 'queued' && !this.#isExpiryPlanned) this.#planExpiry();
    return outcome;
  }

  /** Gives back the slot, or the place in the queue. */
  leave({ seat }: SeatUser): void {
    if (!seat) return;
    this.recordUsage();
    if (seat.outcome !== 'admitted') {
      this.machine.cancel(seat);
      return;
    }
    const next = this.machine.release(seat, this.#engine.nowMs) as Seat | undefined;
    if (!next) return;
    next.isCalled = true;
    // As an event of its own: a long queue of users that fail at once must not pile up the stack.
    this.#engine.soon(admit, next);
  }

  /** All wait equally long, so those who have waited for too long are the first. */
  expire(): void {
    const { nowMs } = this.#engine;
    this.#isExpiryPlanned = false;
    this.recordUsage();
    while (this.machine.nextDeadlineMs <= nowMs) {
      const first = this.machine.next as Seat;
      this.machine.expire(first, nowMs);
      first.user.refused('pool-exhausted');
    }
    if (this.machine.queued > 0 && !this.#isExpiryPlanned) this.#planExpiry();
  }

  #planExpiry(): void {
    this.#isExpiryPlanned = true;
    this.#engine.at(this.machine.nextDeadlineMs, expire, this);
  }

  /** Books the use since the last change; called before each change and at the end of the run. */
  recordUsage(): void {
    const { nowMs } = this.#engine;
    const elapsedMs = nowMs - this.#usageSinceMs;
    if (elapsedMs === 0) return;
    const { inUse, queued } = this.machine;
    this.#usedMs += inUse * elapsedMs;
    this.#waitedMs += queued * elapsedMs;
    this.#usage.addArea(this.#usageSinceMs, nowMs, inUse);
    this.#usageSinceMs = nowMs;
  }

  /** Slots in use × ms, up to now. */
  get usedMs(): number {
    return this.#usedMs + this.machine.inUse * (this.#engine.nowMs - this.#usageSinceMs);
  }

  /** Waiters × ms, up to now. */
  get waitedMs(): number {
    return this.#waitedMs + this.machine.queued * (this.#engine.nowMs - this.#usageSinceMs);
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

function admit(seat: Seat): void {
  seat.isCalled = false;
  // It may have left between getting the slot and hearing of it.
  if (seat.outcome === 'admitted') seat.user.admitted();
}

function expire(pool: Pool): void {
  pool.expire();
}
