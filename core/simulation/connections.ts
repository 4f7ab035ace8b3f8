import type { ConnectionPool, ConnectionTicket } from '../patterns/index.ts';
import type { Engine } from './engine.ts';
import type { PoolUser } from './pool.ts';

/** Nothing is known of a simulated connection but that it is there. */
export type Ticket = ConnectionTicket<true>;

interface Waiting {
  readonly connections: Connections;
  readonly ticket: Ticket;
  readonly user: PoolUser;
}

/** A connection pool in virtual time: opens connections, and lets waiters in and out in time. */
export class Connections {
  readonly machine: ConnectionPool<true>;
  /** Calls that got a connection, at once or after waiting. */
  admitted = 0;
  /** Of those, how many had to wait for one that was in use, or to be opened. */
  waited = 0;
  readonly #engine: Engine;
  readonly #connectMs: number;
  readonly #waiting = new Map<Ticket, Waiting>();

  /** @param connectMs how long it takes to open a connection */
  constructor(engine: Engine, machine: ConnectionPool<true>, connectMs: number) {
    this.#engine = engine;
    this.machine = machine;
    this.#connectMs = connectMs;
  }

  /**
   * Asks for a connection. A `leased` ticket has it now and a `rejected` one never will; of any other
   * the user will be told.
   */
  enter(user: PoolUser): Ticket {
    const ticket = this.machine.acquire(this.#engine.nowMs);
    if (ticket.outcome === 'connect') this.#open(ticket);
    if (ticket.outcome === 'leased') this.admitted++;
    else if (ticket.outcome !== 'rejected') {
      const waiting = { connections: this, ticket, user };
      this.#waiting.set(ticket, waiting);
      this.#engine.at(ticket.deadlineMs, expire, waiting);
    }
    return ticket;
  }

  /**
   * Gives back the connection, or the place in the queue.
   *
   * @param isBroken whether the connection cannot be used again, because an answer is still to come
   */
  leave(ticket: Ticket, isBroken: boolean): void {
    this.machine.cancel(ticket);
    this.#waiting.delete(ticket);
    this.#serve(this.machine.release(ticket, this.#engine.nowMs, isBroken));
  }

  opened(ticket: Ticket): void {
    const next = this.machine.opened(ticket, true, this.#engine.nowMs);
    if (ticket.outcome === 'leased') this.#admit(ticket);
    this.#serve(next);
  }

  expire({ ticket, user }: Waiting): void {
    if (!this.#waiting.has(ticket)) return;
    if (!this.machine.expire(ticket, this.#engine.nowMs)) return;
    this.#waiting.delete(ticket);
    user.refused('no-connection');
  }

  #open(ticket: Ticket): void {
    if (this.#connectMs === 0) this.machine.opened(ticket, true, this.#engine.nowMs);
    else this.#engine.after(this.#connectMs, opened, { connections: this, ticket });
  }

  /** It is the turn of one who has waited. */
  #serve(next: Ticket | undefined): void {
    if (!next) return;
    if (next.outcome === 'connect') this.#open(next);
    if (next.outcome === 'leased') this.#admit(next);
  }

  #admit(ticket: Ticket): void {
    const waiting = this.#waiting.get(ticket);
    if (!waiting) return;
    this.#waiting.delete(ticket);
    this.admitted++;
    this.waited++;
    // As an event of its own: a long queue of users that fail at once must not pile up the stack.
    this.#engine.soon(admit, waiting);
  }
}

function opened({ connections, ticket }: { connections: Connections; ticket: Ticket }): void {
  connections.opened(ticket);
}

function admit({ ticket, user }: Waiting): void {
  // It may have left between getting the connection and hearing of it.
  if (ticket.outcome === 'leased') user.admitted();
}

function expire(waiting: Waiting): void {
  waiting.connections.expire(waiting);
}
