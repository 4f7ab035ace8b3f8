/**
 * Why a connection left its pool:
 * - `idle`: nobody needed it for longer than the idle timeout.
 * - `expired`: it has been open for longer than the maximum lifetime.
 * - `broken`: who used it said so.
 * - `closed`: the pool was closed.
 */
export type DiscardReason = 'idle' | 'expired' | 'broken' | 'closed';

/** An open connection, and what its pool knows of it. */
export interface PooledConnection<C> {
  readonly connection: C;
  openedAtMs: number;
  /** When it was last given back. */
  idleSinceMs: number;
}

export interface IdleConnectionsOptions<C> {
  readonly minIdle: number;
  readonly idleTimeoutMs: number;
  readonly maxLifetimeMs: number;
  readonly discard: (connection: C, reason: DiscardReason) => void;
}

/**
 * Open connections that nobody uses. The last one given back is the first to be taken again, so
 * that those which are not needed get old and can be closed.
 */
export class IdleConnections<C> {
  readonly #options: IdleConnectionsOptions<C>;
  /** The one that was given back first is the first. */
  #stack: PooledConnection<C>[] = [];

  constructor(options: IdleConnectionsOptions<C>) {
    this.#options = options;
  }

  get count(): number {
    return this.#stack.length;
  }

  /** Keeps a connection until it is needed, unless it is too old. */
  push(pooled: PooledConnection<C>, nowMs: number): void {
    pooled.idleSinceMs = nowMs;
    if (this.#isExpired(pooled, nowMs)) this.#options.discard(pooled.connection, 'expired');
    else this.#stack.push(pooled);
  }

  /** Takes a connection, and discards those on the way to it that are too old. */
  pop(nowMs: number): PooledConnection<C> | undefined {
    for (let pooled = this.#stack.pop(); pooled !== undefined; pooled = this.#stack.pop()) {
      const reason = this.#reasonToDiscard(pooled, this.#stack.length + 1, nowMs);
      if (reason === undefined) return pooled;
      this.#options.discard(pooled.connection, reason);
    }
    return undefined;
  }

  /** Discards those that are too old, or have been idle for too long, first the longest idle. */
  evict(nowMs: number): void {
    const all = this.#stack;
    this.#stack = [];
    let left = all.length;
    for (const pooled of all) {
      const reason = this.#reasonToDiscard(pooled, left, nowMs);
      if (reason === undefined) {
        this.#stack.push(pooled);
      } else {
        left -= 1;
        this.#options.discard(pooled.connection, reason);
      }
    }
  }

  /** Discards all of them, first the longest idle. */
  clear(): void {
    const all = this.#stack;
    this.#stack = [];
    for (const { connection } of all) this.#options.discard(connection, 'closed');
  }

  /** When `evict` will have something to do; `Infinity` if never. */
  nextEvictionAtMs(nowMs: number): number {
    const { idleTimeoutMs, maxLifetimeMs, minIdle } = this.#options;
    let nextMs = Number.POSITIVE_INFINITY;
    for (const pooled of this.#stack) {
      followClock(pooled, nowMs);
      nextMs = Math.min(nextMs, pooled.openedAtMs + maxLifetimeMs);
      if (this.#stack.length > minIdle) {
        nextMs = Math.min(nextMs, pooled.idleSinceMs + idleTimeoutMs);
      }
    }
    return nextMs;
  }

  /** @param idle how many are idle, this one included. */
  #reasonToDiscard(
    pooled: PooledConnection<C>,
    idle: number,
    nowMs: number,
  ): DiscardReason | undefined {
    if (this.#isExpired(pooled, nowMs)) return 'expired';
    const { idleTimeoutMs, minIdle } = this.#options;
    return idle > minIdle && nowMs >= pooled.idleSinceMs + idleTimeoutMs ? 'idle' : undefined;
  }

  #isExpired(pooled: PooledConnection<C>, nowMs: number): boolean {
    followClock(pooled, nowMs);
    return nowMs >= pooled.openedAtMs + this.#options.maxLifetimeMs;
  }
}

/** Otherwise a clock set back by a day would keep a connection for a day longer. */
function followClock(pooled: PooledConnection<unknown>, nowMs: number): void {
  if (nowMs < pooled.openedAtMs) pooled.openedAtMs = nowMs;
  if (nowMs < pooled.idleSinceMs) pooled.idleSinceMs = nowMs;
}
