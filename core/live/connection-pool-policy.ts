import type { ConnectionPoolStats } from '../patterns/index.ts';
import type { Clock } from '../time/index.ts';
import type { Call } from './call.ts';
import { Connections, type ConnectionsOptions } from './connections.ts';
import type { Upper } from './frame.ts';
import { Layer } from './layer.ts';
import type { CallContext, CallOptions } from './policy.ts';
import type { Below } from './route.ts';

export interface ConnectionPoolPolicyOptions<C> extends ConnectionsOptions<C> {
  /** By default the clock of the process. */
  readonly clock?: Clock;
}

/** What an operation within a connection pool has in its context. */
export interface ConnectionContext<C> {
  /** Its own for as long as it runs; not to be kept. */
  readonly connection: C;
}

/**
 * Gives an operation a connection out of a pool: see `ConnectionPool` for who waits, and for how long
 * a connection is kept. Who gets none fails with a `ConnectionPoolTimeoutError` or a
 * `ConnectionPoolExhaustedError`, which are the pool's; with the error of `open`, or with a
 * `TimeoutError` when that does not answer in time, which are those of whom it connects to.
 *
 * The connection is the operation's for as long as that really runs, also when a timeout inside or
 * the caller has given up the call. One whose operation fails after that is closed: an answer may
 * still be on its way.
 */
export class ConnectionPoolPolicy<C> extends Layer<never, ConnectionContext<C>> {
  readonly #connections: Connections<C>;

  /** @throws RangeError when an option is out of range. */
  constructor({ clock, ...options }: ConnectionPoolPolicyOptions<C>) {
    super(options.name, clock);
    this.#connections = new Connections(options, this.clock, this.events);
  }

  override get gives(): boolean {
    return true;
  }

  get stats(): ConnectionPoolStats {
    return this.#connections.pool.stats;
  }

  enter(call: Call, above: Upper, below: Below): void {
    this.#connections.enter(call, above, below);
  }

  /** Makes a call with a connection. */
  use<T>(
    operation: (connection: C, context: CallContext & ConnectionContext<C>) => T | PromiseLike<T>,
    options?: CallOptions<T>,
  ): Promise<T> {
    return this.execute<T>((context) => operation(context.connection, context), options);
  }

  /**
   * Opens `minIdle` connections, and from now on others in place of those that are closed.
   *
   * @returns when they are there; rejected when one cannot be opened.
   */
  prepare(): Promise<void> {
    return this.#connections.prepare();
  }

  /**
   * Ends the pool. Idle connections are closed at once, the others when their operations have ended;
   * who waits for one, and who comes after this, fails with a `ConnectionPoolClosedError`.
   *
   * @returns when all connections are closed.
   */
  close(): Promise<void> {
    return this.#connections.close();
  }
}
