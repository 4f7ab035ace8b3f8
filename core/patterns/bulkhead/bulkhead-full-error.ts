import { formatPercent } from '../../time/index.ts';
import { RejectedError } from '../common/rejected-error.ts';

/** A call was not made because its pool had no slot for it: the resource is exhausted. */
export class BulkheadFullError extends RejectedError {
  static {
    BulkheadFullError.prototype.name = 'BulkheadFullError';
  }

  /** Name of the pool. */
  readonly pool: string;
  /** Share of its slots in use, in [0, 1]. */
  readonly utilisation: number;

  constructor(pool: string, utilisation: number) {
    super(`Resource pool '${pool}' is exhausted: ${formatPercent(utilisation)} in use`);
    this.pool = pool;
    this.utilisation = utilisation;
  }
}
