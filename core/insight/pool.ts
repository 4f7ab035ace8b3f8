import { finiteQueue, slotsForBlocking } from '../analysis/index.ts';
import type {
  BulkheadPolicy,
  ConcurrencyLimitPolicy,
  ConnectionPoolPolicy,
  Model,
} from '../model/model.ts';
import type { Sourced } from '../model/source.ts';
import { usesOf } from '../rules/facts/calls.ts';
import { type Demand, demandOf } from '../rules/facts/demand.ts';
import type { InsightBase, Want } from './insight.ts';
import { missingLatencies, missingRates } from './missing.ts';

/** Anything that limits how much runs at once. */
export type Pool = BulkheadPolicy | ConnectionPoolPolicy | ConcurrencyLimitPolicy;

export interface PoolInsight extends InsightBase {
  readonly kind: 'pool';
  readonly is: 'bulkhead' | 'connection pool' | 'concurrency limit';
  readonly slots: Sourced<number>;
  readonly queue?: Sourced<number>;
  /** What it has to do in one process while nothing fails, as far as the file says. */
  readonly use?: PoolUse;
}

export interface PoolUse extends Demand {
  /** Share of requests that find pool and queue full, in [0, 1]. */
  readonly rejected: number;
  readonly meanWaitMs: number;
  /** Slots that would reject no more than `PROPOSED` without a queue. */
  readonly enough?: number;
}

/** Share of requests that may be rejected with the size that is proposed. */
export const PROPOSED = 0.001;

export function poolInsight(model: Model, pool: Pool): PoolInsight {
  const { name, nameAt: at } = pool;
  const slots = 'size' in pool ? pool.size : pool.max;
  const queue = 'queueSize' in pool ? pool.queueSize : undefined;
  const demand = demandOf(model, pool);
  const use = demand?.isRandom && useOf(demand, slots.value, queue?.value ?? 0);
  return {
    kind: 'pool',
    name,
    at,
    is: 'size' in pool ? 'bulkhead' : 'algorithm' in pool ? 'concurrency limit' : 'connection pool',
    slots,
    ...(queue && { queue }),
    ...(use && { use }),
    wants: wantsOf(model, pool),
  };
}

function useOf(demand: Demand, slots: number, queue: number): PoolUse | undefined {
  const found = finiteQueue(slots, queue, demand.slots, demand.holdMs);
  const enough = slotsForBlocking(demand.slots, PROPOSED);
  return (
    found && {
      ...demand,
      rejected: found.blocking,
      meanWaitMs: found.meanWaitMs,
      ...(enough !== undefined && { enough }),
    }
  );
}

function wantsOf(model: Model, pool: Pool): Want[] {
  const tells = 'how full it is';
  const sites = usesOf(model).get(pool) ?? [];
  const users = [...model.services.values()].filter(
    ({ bulkhead }) => 'size' in pool && bulkhead?.value === pool.name,
  );
  const callees = sites.flatMap(({ callee }) => callee ?? []);
  return [
    ...missingRates(model, [...users, ...sites.map(({ caller }) => caller)], tells),
    ...missingLatencies([...users, ...callees], tells),
  ];
}
