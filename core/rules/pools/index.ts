import type { Rule } from '../rule.ts';
import { bulkheadBelowDemand } from './bulkhead-below-demand.ts';
import { bulkheadSharedAcrossCriticality } from './bulkhead-shared-across-criticality.ts';
import { concurrencyLimitBelowDemand } from './concurrency-limit-below-demand.ts';
import { concurrencyUnbounded } from './concurrency-unbounded.ts';
import { connectionPoolBelowBulkhead } from './connection-pool-below-bulkhead.ts';
import { connectionPoolBelowDemand } from './connection-pool-below-demand.ts';
import { poolsOversubscribeTarget } from './pools-oversubscribe-target.ts';
import { queueOutlivesTimeout } from './queue-outlives-timeout.ts';
import { rateLimiterBelowDemand } from './rate-limiter-below-demand.ts';
import { rateLimiterBurstTooSmall } from './rate-limiter-burst-too-small.ts';
import { slowDependencyExhaustsPool } from './slow-dependency-exhausts-pool.ts';

export const POOL_RULES: readonly Rule[] = [
  bulkheadBelowDemand,
  connectionPoolBelowDemand,
  concurrencyLimitBelowDemand,
  rateLimiterBelowDemand,
  rateLimiterBurstTooSmall,
  poolsOversubscribeTarget,
  connectionPoolBelowBulkhead,
  queueOutlivesTimeout,
  slowDependencyExhaustsPool,
  bulkheadSharedAcrossCriticality,
  concurrencyUnbounded,
];
