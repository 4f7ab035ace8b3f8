import type { BreakerPolicy, BreakerTrip, Call, Model, RetryPolicy } from '../../model/model.ts';
import type { Sourced } from '../../model/source.ts';
import type { Wordings } from '../../model/wording.ts';
import { plural } from '../../text/words.ts';
import { blankBreaker, blankCall, blankModel, blankRetry, blankService } from '../blank.ts';
import { unsaid, usual } from '../defaults.ts';
import {
  BUILT_IN,
  DAPR,
  type DaprBreaker,
  type DaprRetry,
  type DaprTimeout,
  FIRST_WAIT_MS,
  type Resiliency,
  type Target,
  WAIT_FACTOR,
} from './resource.ts';

/** All resources that may be loaded together: each may name the policies of the others. */
export interface DaprWhole {
  readonly model: Model;
  readonly resources: readonly Resiliency[];
  /** Targets with the policies that are applied to them. */
  readonly uses: readonly Use[];
}

export interface Use {
  readonly resource: Resiliency;
  readonly target: Target;
  /** Absent where none is named, or nobody knows which one it is. */
  readonly timeout?: DaprTimeout;
  readonly retry?: DaprRetry;
  readonly breaker?: DaprBreaker;
}

/** Retries do not count the first try. */
const WORDINGS: Wordings = {
  attempts: { key: 'maxRetries', write: (attempts) => Number(attempts) - 1 },
};

export function joinResiliencies(resources: readonly Resiliency[]): DaprWhole {
  const uses = resources.flatMap((resource) =>
    resource.targets.filter(isRead).map((target) => useOf(resource, target, resources)),
  );
  const blank = blankModel(resources[0]?.fields.at.file ?? '');
  const keys = uniqueKeys(resources);
  const retries = new Map<string, RetryPolicy>();
  const breakers = new Map<string, BreakerPolicy>();
  const services = new Map(blank.services);
  for (const resource of resources) {
    for (const one of resource.retries.values()) retries.set(keyOf(one, keys), lowerRetry(one));
    for (const one of resource.breakers.values()) breakers.set(keyOf(one, keys), lowerBreaker(one));
    const calls = uses
      .filter((use) => use.resource === resource && isCall(use.target))
      .map((use) => lowerCall(use, keys));
    const { at } = resource.fields;
    const sidecar = blankService(`sidecar of ${resource.name}`, at);
    services.set(`${resource.name} ${at.file} ${at.start}`, { ...sidecar, calls });
  }
  const model = { ...blank, system: DAPR, services, retries, breakers, wordings: WORDINGS };
  return { resources, uses, model };
}

type Keys = ReadonlyMap<DaprRetry | DaprBreaker, string>;

/** Names may come again in other resources; in the model each policy has a key of its own. */
function uniqueKeys(resources: readonly Resiliency[]): Keys {
  const keys = new Map<DaprRetry | DaprBreaker, string>();
  const taken = new Set<string>();
  for (const policy of resources.flatMap((one) => [
    ...one.retries.values(),
    ...one.breakers.values(),
  ])) {
    const { name, nameAt } = policy;
    keys.set(policy, taken.has(name) ? `${name} at ${nameAt.file} ${nameAt.start}` : name);
    taken.add(name);
  }
  return keys;
}

function keyOf(policy: DaprRetry | DaprBreaker, keys: Keys): string {
  return keys.get(policy) ?? policy.name;
}

/** Whether Dapr looks at the policies that stand there. */
function isRead({ kind }: Target): boolean {
  return kind !== 'component';
}

/** Deliveries of a component are awaited by no caller; Dapr's own rules judge them. */
function isCall({ kind }: Target): boolean {
  return kind === 'app' || kind === 'actor' || kind === 'outbound';
}

/** A sidecar loads all resources, so a name may be defined in another one. */
function useOf(resource: Resiliency, target: Target, resources: readonly Resiliency[]): Use {
  const find = <K extends 'timeouts' | 'retries' | 'breakers'>(
    section: K,
    named: Sourced<string> | undefined,
  ): PolicyOf<K> | undefined => {
    if (!named) return undefined;
    const own = resource[section].get(named.value);
    const found = own ? [own] : resources.flatMap((one) => one[section].get(named.value) ?? []);
    // Of several, nobody knows which one is loaded with this resource.
    return found.length === 1 ? (found[0] as PolicyOf<K>) : undefined;
  };
  const timeout = find('timeouts', target.timeout);
  const retry = find('retries', target.retry);
  const breaker = find('breakers', target.breaker);
  return {
    resource,
    target,
    ...(timeout && { timeout }),
    ...(retry && { retry }),
    ...(breaker && { breaker }),
  };
}

type PolicyOf<K extends 'timeouts' | 'retries' | 'breakers'> =
  Resiliency[K] extends ReadonlyMap<string, infer P> ? P : never;

function lowerCall({ breaker, retry, target, timeout }: Use, keys: Keys): Call {
  const { name, nameAt } = target;
  const to: Sourced<string> = { value: name, source: { kind: 'explicit', at: nameAt } };
  const isUnknown =
    (target.timeout && !timeout?.ms) || (target.retry && !retry) || (target.breaker && !breaker);
  return {
    ...blankCall(to),
    at: target.at,
    doubtful: Boolean(isUnknown) || target.fields.unclear,
    text: textOf(target),
    ...(timeout?.ms && { timeoutMs: timeout.ms }),
    ...(target.retry && retry && { retry: { ...target.retry, value: keyOf(retry, keys) } }),
    ...(target.breaker &&
      breaker && { breaker: { ...target.breaker, value: keyOf(breaker, keys) } }),
  };
}

/** What messages call several targets: the first one, and how many others. */
export function textOfAll(targets: readonly Target[]): string {
  const [first] = targets;
  if (!first) return '';
  const others = targets.length - 1;
  return others === 0 ? textOf(first) : `${textOf(first)} (and ${plural(others, 'other target')})`;
}

/** What messages call a target. */
export function textOf({ kind, name }: Target): string {
  switch (kind) {
    case 'app':
      return `to app '${name}'`;
    case 'actor':
      return `to actors '${name}'`;
    case 'inbound':
      return `from component '${name}'`;
    case 'outbound':
    case 'component':
      return `to component '${name}'`;
  }
}

function lowerRetry(retry: DaprRetry): RetryPolicy {
  const { at, durationMs, maxIntervalMs, name, nameAt, policy, unclear } = retry;
  const isConstant = policy.value === 'constant';
  return {
    ...blankRetry(name, nameAt),
    at,
    doubtful: unclear,
    attempts: attemptsOf(retry),
    growth: policy,
    initialMs: isConstant ? durationMs : usual(FIRST_WAIT_MS, nameAt, DAPR),
    factor: usual(WAIT_FACTOR, nameAt, DAPR),
    maxMs: isConstant ? durationMs : maxIntervalMs,
    // Exponential waits are spread over half to one and a half of their length.
    jitter: usual(isConstant ? 'none' : 'equal', nameAt, DAPR),
  };
}

/** Tries in all; a policy of a built-in name makes three retries at least. */
export function attemptsOf({ maxRetries, name }: DaprRetry): Sourced<number> {
  const { value } = maxRetries;
  if (BUILT_IN.test(name) && value < 3) return { ...maxRetries, value: 4 };
  return { ...maxRetries, value: value < 0 ? Number.POSITIVE_INFINITY : value + 1 };
}

function lowerBreaker(breaker: DaprBreaker): BreakerPolicy {
  const { at, intervalMs, maxRequests, name, nameAt, timeoutMs, trip, tripText, unclear } = breaker;
  const { opensAfter } = trip;
  const isKnown = opensAfter?.count === 'consecutiveFailures';
  const threshold: BreakerTrip = {
    kind: 'consecutive',
    failureThreshold: { ...tripText, value: opensAfter?.failures ?? 1 },
  };
  return {
    ...blankBreaker(name, nameAt),
    at,
    // Other conditions have no place in the model, so nothing general is said of them.
    doubtful: unclear || !isKnown,
    trip: threshold,
    ...(intervalMs.value > 0 && { resetIntervalMs: intervalMs }),
    recoveryTimeoutMs: timeoutMs,
    recoveryFactor: unsaid(1, nameAt),
    maxRecoveryTimeoutMs: timeoutMs,
    successThreshold: maxRequests,
    halfOpenLimit: maxRequests,
  };
}
