import type {
  BreakerPolicy,
  BulkheadPolicy,
  Call,
  ConcurrencyLimitPolicy,
  ConnectionPoolPolicy,
  Definition,
  FallbackStep,
  Group,
  Model,
  RateLimiterPolicy,
  RetryPolicy,
  Service,
} from '../../model/model.ts';
import { perModel } from '../../model/per-model.ts';
import { placeId } from '../../model/place-id.ts';
import type { Sourced } from '../../model/source.ts';
import type { PolicyKind } from '../../patterns/index.ts';

/** A call with what it names, looked up. */
export interface CallSite {
  readonly caller: Service;
  readonly call: Call;
  readonly callee: Service | Group | undefined;
  readonly retry: RetryPolicy | undefined;
  readonly breaker: BreakerPolicy | undefined;
  readonly bulkhead: BulkheadPolicy | undefined;
  readonly rateLimiter: RateLimiterPolicy | undefined;
  readonly concurrencyLimit: ConcurrencyLimitPolicy | undefined;
  readonly connectionPool: ConnectionPoolPolicy | undefined;
  /** What findings about this call share, so that one root cause is told once. */
  readonly subject: string;
  /** `'shop' → 'orders'`, for messages. */
  readonly text: string;
}

/** The policies that calls can name. */
export type Policy = NonNullable<CallSite[(typeof POLICY_KEYS)[number]]>;

const POLICY_KEYS = [
  'retry',
  'breaker',
  'bulkhead',
  'rateLimiter',
  'concurrencyLimit',
  'connectionPool',
] as const;

/** The calls that can be read in full themselves, whatever becomes of the policies that they name. */
export const readableCalls = perModel((model: Model): readonly CallSite[] => {
  return [...model.services.values()]
    .filter(({ doubtful }) => !doubtful)
    .flatMap((caller) =>
      caller.calls.filter(({ doubtful }) => !doubtful).map((call) => resolve(model, caller, call)),
    );
});

/**
 * The calls that can be judged: they, their service and every policy that they name can be read in
 * full. What is still being typed is passed over.
 */
export const callSites = perModel((model: Model): readonly CallSite[] => {
  return readableCalls(model).filter((site) =>
    POLICY_KEYS.every((key) => isReadable(site.call[key], site[key])),
  );
});

/** The calls that name each policy. */
export const usesOf = perModel((model: Model): ReadonlyMap<Policy, readonly CallSite[]> => {
  const uses = new Map<Policy, CallSite[]>();
  for (const site of callSites(model)) {
    for (const key of POLICY_KEYS) {
      const policy = site[key];
      if (!policy) continue;
      const known = uses.get(policy);
      if (known) known.push(site);
      else uses.set(policy, [site]);
    }
  }
  return uses;
});

/** The calls of each service that can be judged. */
export const sitesOf = perModel((model: Model): ReadonlyMap<Service, readonly CallSite[]> => {
  const sites = new Map<Service, CallSite[]>();
  for (const site of callSites(model)) {
    const known = sites.get(site.caller);
    if (known) known.push(site);
    else sites.set(site.caller, [site]);
  }
  return sites;
});

/** Whether every service and call can be read, so that what all of them do together is known. */
export const knowsAllCalls = perModel((model: Model): boolean => {
  if (model.unreadSections.has('services')) return false;
  const count = [...model.services.values()].reduce((sum, { calls }) => sum + calls.length, 0);
  return (
    callSites(model).length === count && [...model.services.values()].every((one) => !one.doubtful)
  );
});

/** A fallback that asks another service or group. */
export type FallbackCall = Extract<FallbackStep, { kind: 'call' }> & {
  readonly callee: Service | Group | undefined;
};

/** Those whom a call asks instead when it fails, looked up. */
export function fallbackCallees(model: Model, { call }: CallSite): readonly FallbackCall[] {
  return (call.fallback?.steps ?? []).flatMap((step) =>
    step.kind === 'call'
      ? { ...step, callee: model.services.get(step.to.value) ?? model.groups.get(step.to.value) }
      : [],
  );
}

/** Total tries of a call, the first one included, without the copies of a hedge. */
export function attemptsOf({ retry }: CallSite): number {
  return retry?.attempts.value ?? 1;
}

/** Whether a policy of the call is wrapped around another one. */
export function isOutside({ order }: Call, outer: PolicyKind, inner: PolicyKind): boolean {
  return order.value.indexOf(outer) < order.value.indexOf(inner);
}

/** Whether a call can do without its callee. */
export function isSoft({ fallback }: Call): boolean {
  return fallback !== undefined;
}

function resolve(model: Model, caller: Service, call: Call): CallSite {
  const { to } = call;
  return {
    caller,
    call,
    callee: model.services.get(to.value) ?? model.groups.get(to.value),
    retry: lookUp(model.retries, call.retry),
    breaker: lookUp(model.breakers, call.breaker),
    bulkhead: lookUp(model.bulkheads, call.bulkhead),
    rateLimiter: lookUp(model.rateLimiters, call.rateLimiter),
    concurrencyLimit: lookUp(model.concurrencyLimits, call.concurrencyLimit),
    connectionPool: lookUp(model.connectionPools, call.connectionPool),
    subject: `call at ${placeId(to.source.at)}`,
    text: call.text ?? `'${caller.name}' → '${to.value}'`,
  };
}

function lookUp<T extends Definition>(
  policies: ReadonlyMap<string, T>,
  name: Sourced<string> | undefined,
): T | undefined {
  return name && policies.get(name.value);
}

function isReadable(name: Sourced<string> | undefined, policy: Definition | undefined): boolean {
  return policy ? !policy.doubtful : !name;
}
