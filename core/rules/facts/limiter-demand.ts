import type { Model, RateLimiterPolicy } from '../../model/model.ts';
import { listed } from '../../text/words.ts';
import { usesOf } from './calls.ts';
import { loadOf } from './load.ts';

/** Calls that ask a limiter for a token while nothing fails, in one process, at least. */
export interface LimiterDemand {
  readonly perSecond: number;
  readonly users: string;
}

/** None where no rate is written. */
export function limiterDemand(model: Model, policy: RateLimiterPolicy): LimiterDemand | undefined {
  const load = loadOf(model);
  const busy = (usesOf(model).get(policy) ?? [])
    .map((site) => ({ site, perSecond: load.leastCalls(site) / site.caller.instances.value }))
    .filter(({ perSecond }) => perSecond > 0);
  if (busy.length === 0) return undefined;
  return {
    perSecond: busy.reduce((total, { perSecond }) => total + perSecond, 0),
    users: listed(
      busy.map(({ site }) => site.text),
      'and',
      3,
    ),
  };
}
