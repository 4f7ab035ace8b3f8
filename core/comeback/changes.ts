import { largestSafeBudget } from '../analysis/index.ts';
import { readConfig } from '../config/index.ts';
import type {
  BreakerPolicy,
  BulkheadPolicy,
  Call,
  Model,
  RetryPolicy,
  Service,
} from '../model/model.ts';
import type { SourceRange } from '../model/source.ts';
import { type CallSite, callSites } from '../rules/facts/calls.ts';
import { capacityOf } from '../rules/facts/capacity.ts';
import { loadOf } from '../rules/facts/load.ts';
import { formatDuration, formatPercent } from '../time/index.ts';
import { inPlaceOf } from './load.ts';

/** One change of a config that may let it come back. */
export interface Change {
  /** In the imperative. */
  readonly title: string;
  readonly at: SourceRange;
  readonly model: Model;
}

/** A budget that teams commonly give, as a ratio. */
const COMMON_BUDGET = 0.1;
/** A budget that is less than this allows next to nothing. */
const LEAST_BUDGET = 0.005;
/** The name of a policy that a trial adds. No name of a file is blank. */
const ADDED = ' ';

/**
 * Every single change that is tried, those first that most often help: without a retry, with a
 * budget, with a breaker, with an end to what may wait, with another timeout.
 */
export function singleChanges(model: Model): Change[] {
  const sites = callSites(model);
  const retried = [...model.retries.values()].filter((policy) =>
    sites.some(({ retry }) => retry === policy && policy.attempts.value > 1),
  );
  return [
    ...retried.map((policy) => withoutRetries(model, policy)),
    ...retried.flatMap((policy) => withBudgets(model, policy, sites)),
    ...sites.flatMap((site) => [
      ...withBreaker(model, site),
      ...withQueueLimit(model, site),
      ...withTimeout(model, site),
    ]),
    ...[...model.bulkheads.values()].flatMap((pool) => withoutQueue(model, pool)),
  ];
}

function withoutRetries(model: Model, policy: RetryPolicy): Change {
  return {
    title: `Retry nothing in '${policy.name}' (attempts: 1)`,
    at: policy.attempts.source.at,
    model: setRetry(model, { ...policy, attempts: inPlaceOf(policy.attempts, 1) }),
  };
}

/** Ten per cent, and the largest share with which the formula says that nothing can keep itself down. */
function withBudgets(model: Model, policy: RetryPolicy, sites: readonly CallSite[]): Change[] {
  const rooms = sites.flatMap(({ callee, retry }) => {
    const capacity = retry === policy && callee && capacityOf(callee);
    return capacity
      ? (largestSafeBudget(loadOf(model).least(callee), capacity.perSecond) ?? 0)
      : [];
  });
  const safe = Math.floor(Math.min(...rooms) * 1000) / 1000;
  return [COMMON_BUDGET, safe]
    .filter((budget) => budget >= LEAST_BUDGET && budget <= COMMON_BUDGET)
    .filter((budget, index, all) => all.indexOf(budget) === index)
    .filter((budget) => budget < (policy.budget?.value ?? Number.POSITIVE_INFINITY))
    .map((budget) => ({
      title: `Give '${policy.name}' a budget of ${formatPercent(budget, 1)}${policy.budgetBurst ? '' : ' (minRetriesPerSecond: 0)'}`,
      at: policy.budget?.source.at ?? policy.nameAt,
      model: setRetry(model, {
        ...policy,
        budget: { value: budget, source: { kind: 'default', at: policy.nameAt } },
        minRetriesPerSecond: inPlaceOf(policy.minRetriesPerSecond, 0),
      }),
    }));
}

function withBreaker(model: Model, site: CallSite): Change[] {
  if (site.breaker || !site.call.timeoutMs) return [];
  const breakers = new Map(model.breakers).set(ADDED, defaultPolicies().breaker);
  const call = { ...site.call, breaker: inPlaceOf(site.call.to, ADDED) };
  return [
    {
      title: `Put a default circuit breaker around ${site.text}`,
      at: site.call.at,
      model: setCall({ ...model, breakers }, site, call),
    },
  ];
}

/** As many at once as are served within half of the timeout: what waits longer is thrown away. */
function withQueueLimit(model: Model, site: CallSite): Change[] {
  const { call, callee } = site;
  const capacity = callee && capacityOf(callee);
  if (site.bulkhead || !capacity || !call.timeoutMs) return [];
  const size = Math.max(1, Math.floor((capacity.perSecond * call.timeoutMs.value) / 2000));
  const pool = defaultPolicies().bulkhead;
  const bulkheads = new Map(model.bulkheads).set(ADDED, {
    ...pool,
    size: inPlaceOf(pool.size, size),
    queueSize: inPlaceOf(pool.queueSize, 0),
  });
  return [
    {
      title: `Put a bulkhead of ${size} around ${site.text}`,
      at: call.at,
      model: setCall({ ...model, bulkheads }, site, {
        ...call,
        bulkhead: inPlaceOf(call.to, ADDED),
      }),
    },
  ];
}

function withTimeout(model: Model, site: CallSite): Change[] {
  const { call } = site;
  const { timeoutMs } = call;
  if (!timeoutMs) return [];
  const doubled = { ...call, timeoutMs: inPlaceOf(timeoutMs, 2 * timeoutMs.value) };
  const changes = [
    {
      title: `Wait for ${site.text} twice as long (timeout: ${formatDuration(2 * timeoutMs.value)})`,
      at: timeoutMs.source.at,
      model: setCall(model, site, doubled),
    },
  ];
  if (call.onTimeout.value === 'abort') return changes;
  const aborted = { ...call, onTimeout: inPlaceOf(call.onTimeout, 'abort' as const) };
  changes.unshift({
    title: `Abort ${site.text} when it times out (onTimeout: abort)`,
    at: call.onTimeout.source.at,
    model: setCall(model, site, aborted),
  });
  return changes;
}

/** What waits no longer is not served too late. */
function withoutQueue(model: Model, pool: BulkheadPolicy): Change[] {
  if (pool.queueSize.value === 0) return [];
  const shut = { ...pool, queueSize: inPlaceOf(pool.queueSize, 0) };
  return [
    {
      title: `Let nothing wait for '${pool.name}' (queue: 0)`,
      at: pool.queueSize.source.at,
      model: { ...model, bulkheads: new Map(model.bulkheads).set(pool.name, shut) },
    },
  ];
}

function setRetry(model: Model, policy: RetryPolicy): Model {
  return { ...model, retries: new Map(model.retries).set(policy.name, policy) };
}

function setCall(model: Model, { call, caller }: CallSite, changed: Call): Model {
  const calls = caller.calls.map((one) => (one === call ? changed : one));
  const service: Service = { ...caller, calls };
  return { ...model, services: new Map(model.services).set(caller.name, service) };
}

let policies: { readonly breaker: BreakerPolicy; readonly bulkhead: BulkheadPolicy } | undefined;

/** Policies of which nothing is written, as the format has them. */
function defaultPolicies(): NonNullable<typeof policies> {
  if (policies) return policies;
  const text = 'version: 1\ncircuitBreakers: { b: {} }\nbulkheads: { b: { size: 1 } }';
  const { breakers, bulkheads } = readConfig(text, '').model;
  const [breaker, bulkhead] = [breakers.get('b'), bulkheads.get('b')];
  if (!breaker || !bulkhead) throw new Error('The format has no default policies.');
  policies = { breaker, bulkhead };
  return policies;
}
