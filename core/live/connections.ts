import {
  ConnectionPool,
  ConnectionPoolClosedError,
  ConnectionPoolExhaustedError,
  type ConnectionPoolOptions,
  ConnectionPoolTimeoutError,
  type ConnectionTicket,
  type DiscardReason,
  type RejectedError,
  TimeoutError,
} from '../patterns/index.ts';
import type { Clock } from '../time/index.ts';
import { Alarm } from './alarm.ts';
import type { Call } from './call.ts';
import { ConnectionFrame } from './connection-frame.ts';
import type { Events } from './events.ts';
import type { Upper } from './frame.ts';
import { Opening } from './opening.ts';
import type { Below } from './route.ts';
import type { Signal } from './signal.ts';

export interface ConnectionsOptions<C> extends Omit<ConnectionPoolOptions<C>, 'onDiscard'> {
  /**
   * Opens a connection, which counts as there until this has ended. The signal is aborted when it
   * takes too long, and when the pool is closed.
   */
  readonly open: (signal: Signal) => C | PromiseLike<C>;
  /** Closes a connection that the pool does not need any more. */
  readonly close: (connection: C) => unknown;
  /**
   * Whether nobody should get a connection again after this error of an operation. By default that is
   * so, whatever the error, because nobody here knows in what state it left the connection. Where
   * queries fail for reasons of their own, to tell them apart saves connections.
   */
  readonly isBroken?: (error: unknown) => boolean;
  /** After this time the opening of a connection is aborted; ms, by default 30 s. */
  readonly openTimeoutMs?: number;
}

/** What went wrong with a connection. */
interface Failed {
  readonly error: unknown;
}

/** A call that waits for a connection, and how it goes on when it has one. */
interface Waiting<C> {
  readonly frame: ConnectionFrame<C>;
  readonly call: Call;
  readonly below: Below;
}

/** The pool, those who wait for it, and what opens and closes its connections. */
export class Connections<C> {
  readonly pool: ConnectionPool<C>;
  readonly isBroken: (error: unknown) => boolean;
  readonly #openOne: (signal: Signal) => C | PromiseLike<C>;
  readonly #closeOne: (connection: C) => unknown;
  readonly #openTimeoutMs: number;
  readonly #clock: Clock;
  readonly #events: Events;
  /** In the order of arrival, which is that of the deadlines. */
  readonly #waiting = new Map<ConnectionTicket<C>, Waiting<C>>();
  readonly #deadline: Alarm;
  readonly #eviction: Alarm;
  readonly #openings = new Set<Opening>();
  /** How many are being closed. */
  #closing = 0;
  /** Whether idle connections are to be there before they are needed. */
  #isPrepared = false;
  #closed: Promise<void> | undefined = undefined;
  #onClosed: () => void = () => {};

  /** @throws RangeError when an option is out of range. */
  constructor(options: ConnectionsOptions<C>, clock: Clock, events: Events) {
    const { open, close, isBroken = () => true, openTimeoutMs = 30_000, ...pool } = options;
    this.pool = new ConnectionPool<C>({
      ...pool,
      onDiscard: (connection, reason) => void this.#close(connection, reason),
    });
    this.isBroken = isBroken;
    this.#openOne = open;
    this.#closeOne = close;
    this.#openTimeoutMs = openTimeoutMs;
    this.#clock = clock;
    this.#events = events;
    this.#deadline = new Alarm(clock, true, () => this.#expire());
    this.#eviction = new Alarm(clock, false, () => this.#evict());
  }

  enter(call: Call, above: Upper, below: Below): void {
    const ticket = this.pool.acquire(this.#clock.nowMs());
    if (ticket.outcome === 'rejected') {
      this.#reject(above, this.#turnedAway());
      return;
    }
    const frame = new ConnectionFrame(above, this, ticket);
    if (ticket.outcome === 'leased') {
      below.enter(call, frame);
      return;
    }
    this.#waiting.set(ticket, { frame, call, below });
    this.#arm();
    if (ticket.outcome === 'connect') void this.#open(ticket);
  }

  /** Gives back a connection, which goes to the first of those who wait. */
  release(ticket: ConnectionTicket<C>, isBroken: boolean): void {
    const nowMs = this.#clock.nowMs();
    this.#serve(this.pool.release(ticket, nowMs, isBroken));
    this.#eviction.by(this.pool.nextEvictionAtMs(nowMs));
  }

  /** @returns whether it was waiting; if so, it does not any more. */
  cancel(ticket: ConnectionTicket<C>): boolean {
    if (this.#leave(ticket) === undefined) return false;
    // It may have got a connection and not gone on yet.
    if (ticket.outcome === 'leased') this.release(ticket, false);
    else this.pool.cancel(ticket);
    return true;
  }

  /** Opens idle connections, as many as there are to be. */
  async prepare(): Promise<void> {
    this.#isPrepared = true;
    const ends = await Promise.all(this.#openSpare());
    const failed = ends.find((end) => end !== undefined);
    if (failed !== undefined) throw failed.error;
  }

  close(): Promise<void> {
    this.#closed ??= new Promise((resolve) => {
      this.#onClosed = resolve;
      this.#shutDown();
    });
    return this.#closed;
  }

  #shutDown(): void {
    this.pool.close();
    this.#eviction.cancel();
    const error = this.#turnedAway();
    for (const opening of this.#openings) opening.abort(error);
    for (const [ticket, { frame }] of this.#waiting) {
      this.cancel(ticket);
      this.#reject(frame.above, error);
    }
    this.#checkClosed();
  }

  /**
   * The one whose turn has come has a connection now, or is to open one. It goes on a moment later:
   * what frees a connection is in the middle of answering its own call, which may be the same.
   */
  #serve(ticket: ConnectionTicket<C> | undefined): void {
    if (ticket?.outcome === 'connect') void this.#open(ticket);
    else if (ticket !== undefined) void Promise.resolve(ticket).then(this.#proceed);
  }

  readonly #proceed = (ticket: ConnectionTicket<C>): void => {
    const waiting = this.#leave(ticket);
    waiting?.below.enter(waiting.call, waiting.frame);
  };

  #leave(ticket: ConnectionTicket<C>): Waiting<C> | undefined {
    const waiting = this.#waiting.get(ticket);
    this.#waiting.delete(ticket);
    if (this.#waiting.size === 0) this.#deadline.cancel();
    return waiting;
  }

  /** @returns what went wrong, if anything did. */
  async #open(ticket: ConnectionTicket<C>): Promise<Failed | undefined> {
    const opening = new Opening(this.#clock, this.pool.name, this.#openTimeoutMs);
    this.#openings.add(opening);
    let connection: C;
    try {
      connection = await this.#openOne(opening.signal);
    } catch (error) {
      this.#endOpening(opening);
      this.#failed(ticket, error);
      return { error };
    }
    this.#endOpening(opening);
    this.#opened(ticket, connection);
    return undefined;
  }

  #endOpening(opening: Opening): void {
    opening.end();
    this.#openings.delete(opening);
  }

  #opened(ticket: ConnectionTicket<C>, connection: C): void {
    const nowMs = this.#clock.nowMs();
    const next = this.pool.opened(ticket, connection, nowMs);
    this.#events.emit({ kind: 'connection-opened', policy: this.pool.name });
    if (ticket.outcome === 'leased') this.#proceed(ticket);
    this.#serve(next);
    this.#eviction.by(this.pool.nextEvictionAtMs(nowMs));
  }

  #failed(ticket: ConnectionTicket<C>, error: unknown): void {
    this.#serve(this.pool.failed(ticket, this.#clock.nowMs()));
    this.#events.emit({ kind: 'connection-failed', policy: this.pool.name, error });
    this.#leave(ticket)?.frame.above.fail(error);
    this.#checkClosed();
  }

  #openSpare(): readonly Promise<Failed | undefined>[] {
    const opening: Promise<Failed | undefined>[] = [];
    const nowMs = this.#clock.nowMs();
    for (let ticket = this.pool.prepare(nowMs); ticket; ticket = this.pool.prepare(nowMs)) {
      opening.push(this.#open(ticket));
    }
    return opening;
  }

  async #close(connection: C, reason: DiscardReason): Promise<void> {
    this.#closing += 1;
    // Not here and now: the pool is in the middle of something.
    await null;
    if (this.#isPrepared) this.#openSpare();
    let failure: Failed | undefined;
    try {
      await this.#closeOne(connection);
    } catch (error) {
      failure = { error };
    }
    this.#closing -= 1;
    const policy = this.pool.name;
    this.#events.emit({ kind: 'connection-closed', policy, reason, ...failure });
    this.#checkClosed();
  }

  #checkClosed(): void {
    const isBusy = this.#closing > 0 || this.#openings.size > 0 || this.pool.stats.inUse > 0;
    if (this.pool.isClosed && !isBusy) this.#onClosed();
  }

  #expire(): void {
    const { acquireTimeoutMs, name } = this.pool;
    const nowMs = this.#clock.nowMs();
    for (const [ticket, { frame }] of this.#waiting) {
      const wasConnecting = ticket.outcome === 'connect';
      if (!this.pool.expire(ticket, nowMs)) break;
      this.#waiting.delete(ticket);
      if (wasConnecting) this.#timeOut(frame.above);
      else this.#reject(frame.above, new ConnectionPoolTimeoutError(name, acquireTimeoutMs));
    }
    this.#arm();
  }

  /** Who came first comes due first, whether it waits or connects. */
  #arm(): void {
    const [first] = this.#waiting.keys();
    if (first === undefined) return;
    const isWaiting = first.outcome === 'waiting';
    this.#deadline.by(isWaiting ? this.pool.nextDeadlineMs : first.deadlineMs);
  }

  #evict(): void {
    const nowMs = this.#clock.nowMs();
    this.pool.evict(nowMs);
    this.#eviction.by(this.pool.nextEvictionAtMs(nowMs));
  }

  #turnedAway(): RejectedError {
    const { isClosed, name, stats } = this.pool;
    return isClosed
      ? new ConnectionPoolClosedError(name)
      : new ConnectionPoolExhaustedError(name, stats.waiting);
  }

  #reject(above: Upper, error: RejectedError): void {
    if (this.#events.heard) this.#events.emit({ kind: 'rejected', policy: this.pool.name, error });
    above.fail(error);
  }

  /** Who was to be called does not answer: that is not the fault of the pool. */
  #timeOut(above: Upper): void {
    const { acquireTimeoutMs: timeoutMs, name: policy } = this.pool;
    if (this.#events.heard) this.#events.emit({ kind: 'timed-out', policy, timeoutMs });
    above.fail(new TimeoutError(`opening a connection of '${policy}'`, timeoutMs));
  }
}
