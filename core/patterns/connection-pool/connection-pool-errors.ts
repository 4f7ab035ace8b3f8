import { formatDuration } from '../../time/index.ts';
import { RejectedError } from '../common/rejected-error.ts';

/** A call was not made because its connection pool had none free in time. */
export class ConnectionPoolTimeoutError extends RejectedError {
  static {
    ConnectionPoolTimeoutError.prototype.name = 'ConnectionPoolTimeoutError';
  }

  /** Name of the pool. */
  readonly pool: string;
  /** How long the caller waited, ms. */
  readonly waitedMs: number;

  constructor(pool: string, waitedMs: number) {
    super(`Connection pool '${pool}' had no connection within ${formatDuration(waitedMs)}`);
    this.pool = pool;
    this.waitedMs = waitedMs;
  }
}

/** A call was not made because all connections are in use and as many callers wait as may. */
export class ConnectionPoolExhaustedError extends RejectedError {
  static {
    ConnectionPoolExhaustedError.prototype.name = 'ConnectionPoolExhaustedError';
  }

  /** Name of the pool. */
  readonly pool: string;
  /** How many callers wait already. */
  readonly waiting: number;

  constructor(pool: string, waiting: number) {
    super(`Connection pool '${pool}' is exhausted: ${waiting} callers wait already`);
    this.pool = pool;
    this.waiting = waiting;
  }
}

/** A call was not made because its connection pool is closed. */
export class ConnectionPoolClosedError extends RejectedError {
  static {
    ConnectionPoolClosedError.prototype.name = 'ConnectionPoolClosedError';
  }

  /** Name of the pool. */
  readonly pool: string;

  constructor(pool: string) {
    super(`Connection pool '${pool}' is closed`);
    this.pool = pool;
  }
}
