import { Bulkhead, type BulkheadTicket } from '../bulkhead/bulkhead.ts';
import { requireInteger, requireNumber } from '../common/options.ts';
import { type ConnectionTicket, outward, Ticket } from './connection-ticket.ts';
import { type DiscardReason, IdleConnections, type PooledConnection } from './idle-connections.ts';

export interface ConnectionPoolOptions<C> {
  readonly name: string;
  /** Connections, open or being opened; 1 or more. */
  readonly max: number;
  /** Idle connections that are kept however long nobody needs them; 0 to `max`, by default 0. */
  readonly minIdle?: number;
  /** How many callers may wait for a connection; 0 or more, by default 100. */
  readonly queueSize?: number;
  /** The longest that a caller waits, the time for connecting included; ms, by default 10 s. */
  readonly acquireTimeoutMs?: number;
  /** An idle connection that nobody needs for this long is discarded; ms, by default 10 min. */
  readonly idleTimeoutMs?: number;
  /** A connection is not used again once it has been open for this long; ms, by default 30 min. */
  readonly maxLifetimeMs?: number;
  /** Told about every connection that has left the pool, which is to be closed. Must not throw. */
  readonly onDiscard: (connection: C, reason: DiscardReason) => void;
}

export interface ConnectionPoolStats {
  readonly inUse: number;
  readonly idle: number;
  /** Being opened now. */
  readonly opening: number;
  readonly waiting: number;
  /** Opened, ever; what follows is ever, too. */
  readonly created: number;
  /** Could not be opened. */
  readonly failed: number;
  /** Discarded because nobody needed them. */
  readonly evicted: number;
  /** Discarded because they had been open for too long. */
  readonly expired: number;
  /** Discarded because they were broken. */
  readonly broken: number;
  /** Discarded because the pool was closed. */
  readonly closed: number;
  /** Callers who had no connection in time. */
  readonly timeouts: number;
  /** Callers who found no place to wait in, or the pool closed. */
  readonly rejected: number;
  /** Callers who gave up, or whose wait the closing of the pool has ended. */
  readonly cancelled: number;
  readonly peakInUse: number;
  readonly peakWaiting: number;
}

/** What a closed pool has for its callers. */
const NO_SLOT: BulkheadTicket = { outcome: 'rejected', deadlineMs: Number.NEGATIVE_INFINITY };

/**
 * Keeps connections open for the next caller. Who finds no idle one is to open another while there
 * are fewer than `max`, else waits: first come, first served, for up to `acquireTimeoutMs`.
 *
 * The pool itself opens and closes nothing. `acquire`, `opened`, `failed` and `release` tell by the
 * outcome of a ticket what is to be done; the last three return the waiter whose turn has come. A
 * ticket whose caller gave up while its connection was being opened still has to be reported: the
 * connection goes to the next.
 *
 * It is a bulkhead: who uses or opens a connection has a slot, an idle connection needs none. So
 * there can be no more than `max`, and no connection can be released twice, by another pool, or
 * without having been leased.
 */
export class ConnectionPool<C> {
  readonly name: string;
  readonly max: number;
  readonly acquireTimeoutMs: number;
  readonly #minIdle: number;
  readonly #slots: Bulkhead;
  readonly #idle: IdleConnections<C>;
  /** Weak, because a bulkhead drops waiters by itself when they have waited for too long. */
  readonly #waiters = new WeakMap<BulkheadTicket, Ticket<C>>();
  readonly #discarded: Record<DiscardReason, number> = {
    idle: 0,
    expired: 0,
    broken: 0,
    closed: 0,
  };
  readonly #discard: (connection: C, reason: DiscardReason) => void;
  #inUse = 0;
  #opening = 0;
  /** Connections being opened that no caller waits for. */
  #openingSpare = 0;
  #created = 0;
  #failed = 0;
  #timeoutsConnecting = 0;
  #cancelledConnecting = 0;
  #peakInUse = 0;
  #turnedAway = 0;
  #isClosed = false;

  /** @throws RangeError when an option is out of range. */
  constructor(options: ConnectionPoolOptions<C>) {
    const { name, max, minIdle = 0, queueSize = 100, acquireTimeoutMs = 10_000 } = options;
    const { idleTimeoutMs = 600_000, maxLifetimeMs = 1_800_000, onDiscard } = options;
    this.name = name;
    this.max = requireInteger('max', max, 1);
    this.#minIdle = requireInteger('minIdle', minIdle, 0);
    if (minIdle > max) throw new RangeError(`minIdle must be at most max, ${max}, not ${minIdle}`);
    this.acquireTimeoutMs = requireNumber('acquireTimeoutMs', acquireTimeoutMs);
    this.#slots = new Bulkhead({ name, size: max, queueSize, maxWaitMs: acquireTimeoutMs });
    this.#discard = (connection, reason) => {
      this.#discarded[reason] += 1;
      onDiscard(connection, reason);
    };
    this.#idle = new IdleConnections({
      minIdle,
      idleTimeoutMs: requireNumber('idleTimeoutMs', idleTimeoutMs),
      maxLifetimeMs: requireNumber('maxLifetimeMs', maxLifetimeMs),
      discard: this.#discard,
    });
  }

  get isClosed(): boolean {
    return this.#isClosed;
  }

  /** When the first of those that are `waiting` times out, ms; infinity when none is. */
  get nextDeadlineMs(): number {
    return this.#slots.nextDeadlineMs;
  }

  get stats(): ConnectionPoolStats {
    const { cancelled, peakQueued, rejected, timeouts } = this.#slots.stats;
    return {
      inUse: this.#inUse,
      idle: this.#idle.count,
      opening: this.#opening,
      waiting: this.#slots.queued,
      created: this.#created,
      failed: this.#failed,
      evicted: this.#discarded.idle,
      expired: this.#discarded.expired,
      broken: this.#discarded.broken,
      closed: this.#discarded.closed,
      timeouts: timeouts + this.#timeoutsConnecting,
      rejected: rejected + this.#turnedAway,
      cancelled: cancelled + this.#cancelledConnecting,
      peakInUse: this.#peakInUse,
      peakWaiting: peakQueued,
    };
  }

  /** Asks for a connection. The ticket is `leased`, `connect`, `waiting` or `rejected`. */
  acquire(nowMs: number): ConnectionTicket<C> {
    const slot = this.#isClosed ? NO_SLOT : this.#slots.request(nowMs);
    if (this.#isClosed) this.#turnedAway += 1;
    const ticket = new Ticket<C>(this, slot, nowMs, this.acquireTimeoutMs);
    if (slot.outcome === 'admitted') this.#serve(ticket, nowMs);
    else if (slot.outcome === 'queued') this.#waiters.set(slot, ticket);
    return outward(ticket);
  }

  /**
   * Asks for a connection in advance, to have `minIdle` of them. To be called at the beginning and
   * whenever one was discarded, until it returns nothing.
   *
   * @returns a `spare` ticket to open a connection for; `undefined` when there are enough.
   */
  prepare(nowMs: number): ConnectionTicket<C> | undefined {
    if (this.#isClosed) return undefined;
    const isEnough = this.#idle.count + this.#openingSpare >= this.#minIdle;
    if (isEnough || this.#slots.inUse + this.#idle.count >= this.max) return undefined;
    const ticket = new Ticket<C>(this, this.#slots.request(nowMs), nowMs, Number.POSITIVE_INFINITY);
    ticket.outcome = 'spare';
    this.#openFor(ticket);
    this.#openingSpare += 1;
    return outward(ticket);
  }

  /**
   * The connection that a ticket was to open is there. A `connect` ticket is `leased` now; with any
   * other, the connection goes to the next waiter or is idle.
   *
   * @returns the waiter that has it now.
   */
  opened(
    ticket: ConnectionTicket<C>,
    connection: C,
    nowMs: number,
  ): ConnectionTicket<C> | undefined {
    if (this.#isClosed) this.cancel(ticket);
    const own = this.#endOpening(ticket);
    if (own === undefined) return undefined;
    this.#created += 1;
    const pooled = { connection, openedAtMs: nowMs, idleSinceMs: nowMs };
    if (own.outcome === 'connect') {
      this.#lease(own, pooled);
      return undefined;
    }
    this.#keep(pooled, nowMs);
    return this.#passOn(own, nowMs);
  }

  /**
   * The connection that a ticket was to open could not be opened: a `connect` ticket has `failed`.
   *
   * @returns the waiter that may try now.
   */
  failed(ticket: ConnectionTicket<C>, nowMs: number): ConnectionTicket<C> | undefined {
    const own = this.#endOpening(ticket);
    if (own === undefined) return undefined;
    this.#failed += 1;
    if (own.outcome === 'connect' || own.outcome === 'spare') own.outcome = 'failed';
    return this.#passOn(own, nowMs);
  }

  /**
   * Gives back the connection of a leased ticket; does nothing with any other.
   *
   * @param isBroken whether nobody should get it again.
   * @returns the waiter that has it now, or in its place is to open another.
   */
  release(
    ticket: ConnectionTicket<C>,
    nowMs: number,
    isBroken = false,
  ): ConnectionTicket<C> | undefined {
    const own = this.#own(ticket);
    if (own?.pooled === undefined) return undefined;
    const { pooled } = own;
    own.pooled = undefined;
    own.outcome = 'released';
    this.#inUse -= 1;
    if (isBroken) this.#discard(pooled.connection, 'broken');
    else this.#keep(pooled, nowMs);
    return this.#passOn(own, nowMs);
  }

  /**
   * To be called for each ticket that is `waiting` or `connect` when its deadline comes.
   *
   * @returns whether the ticket has timed out, now or before.
   */
  expire(ticket: ConnectionTicket<C>, nowMs: number): boolean {
    const own = this.#own(ticket);
    if (own?.outcome === 'waiting') this.#slots.expire(own.slot, nowMs);
    if (own?.outcome === 'connect' && own.isLate(nowMs)) {
      own.outcome = 'timed-out';
      this.#openingSpare += 1;
      this.#timeoutsConnecting += 1;
    }
    return own?.outcome === 'timed-out';
  }

  /**
   * Ends the pool: nobody gets a connection any more. Idle ones are discarded now, the others when
   * they are given back. Who waits is `cancelled`; a `connect` ticket, once that is reported.
   */
  close(): void {
    this.#isClosed = true;
    this.#idle.clear();
    for (let { next } = this.#slots; next !== undefined; next = this.#slots.next) {
      this.#slots.cancel(next);
      const waiter = this.#waiters.get(next);
      if (waiter !== undefined) waiter.outcome = 'cancelled';
    }
  }

  /** The caller of a ticket that is `waiting` or `connect` gives up; does nothing with any other. */
  cancel(ticket: ConnectionTicket<C>): void {
    const own = this.#own(ticket);
    if (own?.outcome === 'waiting') {
      this.#slots.cancel(own.slot);
      own.outcome = 'cancelled';
    } else if (own?.outcome === 'connect') {
      own.outcome = 'cancelled';
      this.#openingSpare += 1;
      this.#cancelledConnecting += 1;
    }
  }

  /** Discards idle connections that nobody needed for too long, or that are too old. */
  evict(nowMs: number): void {
    this.#idle.evict(nowMs);
  }

  /** When `evict` is to be called next; `Infinity` when nothing is idle. */
  nextEvictionAtMs(nowMs: number): number {
    return this.#idle.nextEvictionAtMs(nowMs);
  }

  /** Gives the holder of a slot a connection, or lets it open one. */
  #serve(ticket: Ticket<C>, nowMs: number): void {
    const pooled = this.#idle.pop(nowMs);
    if (pooled !== undefined) {
      this.#lease(ticket, pooled);
    } else {
      ticket.outcome = 'connect';
      this.#openFor(ticket);
    }
  }

  #lease(ticket: Ticket<C>, pooled: PooledConnection<C>): void {
    ticket.outcome = 'leased';
    ticket.pooled = pooled;
    this.#inUse += 1;
    this.#peakInUse = Math.max(this.#peakInUse, this.#inUse);
  }

  #keep(pooled: PooledConnection<C>, nowMs: number): void {
    if (this.#isClosed) this.#discard(pooled.connection, 'closed');
    else this.#idle.push(pooled, nowMs);
  }

  #openFor(ticket: Ticket<C>): void {
    ticket.isOpening = true;
    this.#opening += 1;
  }

  #endOpening(ticket: ConnectionTicket<C>): Ticket<C> | undefined {
    const own = this.#own(ticket);
    if (!own?.isOpening) return undefined;
    own.isOpening = false;
    this.#opening -= 1;
    if (own.outcome !== 'connect') this.#openingSpare -= 1;
    return own;
  }

  #passOn({ slot }: Ticket<C>, nowMs: number): ConnectionTicket<C> | undefined {
    const nextSlot = this.#slots.release(slot, nowMs);
    const next = nextSlot && this.#waiters.get(nextSlot);
    if (next === undefined) return undefined;
    this.#serve(next, nowMs);
    return outward(next);
  }

  #own(ticket: ConnectionTicket<C>): Ticket<C> | undefined {
    return ticket instanceof Ticket && ticket.pool === this ? ticket : undefined;
  }
}
