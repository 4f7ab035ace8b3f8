import { Bulkhead, type BulkheadOptions, type BulkheadStats } from './bulkhead.ts';

export interface BulkheadHealth {
  readonly totalBulkheads: number;
  /** Mean over the pools, each counted once whatever its size, in [0, 1]; 0 without pools. */
  readonly averageUtilisation: number;
  readonly pools: readonly PoolHealth[];
  readonly assignments: readonly { readonly service: string; readonly pool: string }[];
}

export interface PoolHealth {
  readonly name: string;
  readonly size: number;
  readonly inUse: number;
  readonly queued: number;
  /** In [0, 1]. */
  readonly utilisation: number;
  readonly stats: BulkheadStats;
}

/** The pools of a system, and which service works in which of them. */
export class BulkheadManager {
  readonly #pools = new Map<string, Bulkhead>();
  readonly #assignments = new Map<string, Bulkhead>();

  /** @throws RangeError when an option is out of range or the name is taken. */
  createPool(options: BulkheadOptions): Bulkhead {
    if (this.#pools.has(options.name)) {
      throw new RangeError(`There already is a bulkhead '${options.name}'`);
    }
    const pool = new Bulkhead(options);
    this.#pools.set(pool.name, pool);
    return pool;
  }

  /**
   * Lets a service work in a pool, and no longer in the one that it was assigned to before. Slots
   * that it holds there still are that pool's, and are given back to it.
   *
   * @throws RangeError when there is no such pool.
   */
  assign(service: string, poolName: string): void {
    const pool = this.#pools.get(poolName);
    if (pool === undefined) {
      throw new RangeError(`Service '${service}' cannot work in '${poolName}': no such bulkhead`);
    }
    this.#assignments.set(service, pool);
  }

  /** @throws RangeError when the service is not assigned to a pool. */
  poolOf(service: string): Bulkhead {
    const pool = this.#assignments.get(service);
    if (pool === undefined) {
      throw new RangeError(`Service '${service}' is not assigned to any bulkhead`);
    }
    return pool;
  }

  health(): BulkheadHealth {
    const pools = [...this.#pools.values()].map(
      ({ name, size, inUse, queued, utilisation, stats }): PoolHealth => {
        return { name, size, inUse, queued, utilisation, stats };
      },
    );
    const total = pools.reduce((sum, pool) => sum + pool.utilisation, 0);
    return {
      totalBulkheads: pools.length,
      averageUtilisation: pools.length === 0 ? 0 : total / pools.length,
      pools,
      assignments: [...this.#assignments].map(([service, pool]) => ({ service, pool: pool.name })),
    };
  }
}
