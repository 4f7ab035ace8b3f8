import type { BulkheadTicket } from '../bulkhead/bulkhead.ts';
import type { PooledConnection } from './idle-connections.ts';

/**
 * - `waiting`: every connection is in use; first come, first served.
 * - `connect`: the caller is to open a connection and to report `opened` or `failed`.
 * - `leased`: the caller has a connection and is to release it.
 * - `spare`: as `connect`, but for nobody in particular.
 * - `released`: the connection was given back.
 * - `rejected`: every connection is in use, and no place is left to wait in.
 * - `timed-out`: there was no connection in time.
 * - `cancelled`: the caller gave up.
 * - `failed`: the connection could not be opened.
 */
export type ConnectionOutcome =
  | 'waiting'
  | 'connect'
  | 'leased'
  | 'spare'
  | 'released'
  | 'rejected'
  | 'timed-out'
  | 'cancelled'
  | 'failed';

/** One request for a connection and what has become of it so far. */
export type ConnectionTicket<C> = {
  /** The last moment at which there may still be a connection, unless the clock steps back; ms. */
  readonly deadlineMs: number;
} & (
  | { readonly outcome: 'leased'; readonly connection: C }
  | { readonly outcome: Exclude<ConnectionOutcome, 'leased'>; readonly connection: undefined }
);

/** What a pool knows of a ticket. */
export class Ticket<C> {
  readonly pool: object;
  readonly slot: BulkheadTicket;
  pooled: PooledConnection<C> | undefined;
  /** Whether it is still to be reported how its connection was opened. */
  isOpening = false;
  #outcome: ConnectionOutcome;
  #sinceMs: number;
  readonly #timeoutMs: number;

  constructor(pool: object, slot: BulkheadTicket, nowMs: number, timeoutMs: number) {
    this.pool = pool;
    this.slot = slot;
    this.#outcome = slot.outcome === 'rejected' ? 'rejected' : 'waiting';
    this.#sinceMs = nowMs;
    this.#timeoutMs = timeoutMs;
  }

  get outcome(): ConnectionOutcome {
    const hasTimedOut = this.#outcome === 'waiting' && this.slot.outcome === 'timed-out';
    return hasTimedOut ? 'timed-out' : this.#outcome;
  }

  set outcome(outcome: ConnectionOutcome) {
    this.#outcome = outcome;
  }

  get connection(): C | undefined {
    return this.pooled?.connection;
  }

  get deadlineMs(): number {
    return this.outcome === 'waiting' ? this.slot.deadlineMs : this.#sinceMs + this.#timeoutMs;
  }

  isLate(nowMs: number): boolean {
    // A clock that steps back must not give it more time than it had at first.
    if (nowMs < this.#sinceMs) this.#sinceMs = nowMs;
    return nowMs >= this.deadlineMs;
  }
}

/** To the outside, the outcome says whether there is a connection. */
export function outward<C>(ticket: Ticket<C>): ConnectionTicket<C> {
  return ticket as ConnectionTicket<C>;
}
