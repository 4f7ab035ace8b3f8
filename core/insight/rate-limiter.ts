import { tokenBucketRejected } from '../analysis/index.ts';
import type { Model, RateLimiterPolicy } from '../model/model.ts';
import type { Sourced } from '../model/source.ts';
import { comesAtRandom } from '../rules/facts/arrivals.ts';
import { usesOf } from '../rules/facts/calls.ts';
import { limiterDemand } from '../rules/facts/limiter-demand.ts';
import type { InsightBase } from './insight.ts';
import { missingRates } from './missing.ts';

export interface RateLimiterInsight extends InsightBase {
  readonly kind: 'rate-limiter';
  readonly ratePerSecond: Sourced<number>;
  readonly burst: Sourced<number>;
  readonly maxWaitMs: Sourced<number>;
  /** Calls that ask for a token in one process while nothing fails, as far as the file says. */
  readonly use?: LimiterUse;
}

export interface LimiterUse {
  readonly perSecond: number;
  /** Share of calls that get no token in time, in [0, 1]. */
  readonly rejected: number;
}

export function rateLimiterInsight(model: Model, policy: RateLimiterPolicy): RateLimiterInsight {
  const { burst, maxWaitMs, name, nameAt: at, ratePerSecond } = policy;
  const demand = limiterDemand(model, policy);
  const rejected =
    demand &&
    comesAtRandom(model) &&
    tokenBucketRejected(demand.perSecond, ratePerSecond.value, burst.value, maxWaitMs.value);
  const callers = (usesOf(model).get(policy) ?? []).map(({ caller }) => caller);
  return {
    kind: 'rate-limiter',
    name,
    at,
    ratePerSecond,
    burst,
    maxWaitMs,
    ...(demand &&
      typeof rejected === 'number' && { use: { perSecond: demand.perSecond, rejected } }),
    wants: missingRates(model, callers, 'how many calls it rejects'),
  };
}
