/**
 * The policies of a model in the words of the machines that follow them: the simulator and live
 * code build their machines from the same options.
 */
import {
  type BulkheadOptions,
  type CircuitBreakerOptions,
  type ConcurrencyLimitOptions,
  type ConnectionPoolOptions,
  type FailureDetector,
  HeartbeatDetector,
  type HedgeOptions,
  PhiAccrualDetector,
  type RateLimiterOptions,
  type RedundancyGroupOptions,
  type ReplicationOptions,
  type ResponseCacheOptions,
  RetryBudget,
  type RetryLimit,
  type RetryOptions,
  TokenBudget,
  type TripOptions,
} from '../patterns/index.ts';
import type {
  BreakerPolicy,
  BreakerRates,
  BreakerTrip,
  BulkheadPolicy,
  Cache,
  ConcurrencyLimitPolicy,
  ConnectionPoolPolicy,
  Detection,
  Failover,
  Group,
  Hedge,
  RateLimiterPolicy,
  Replication,
  RetryPolicy,
} from './model.ts';
import { valuesOf } from './source.ts';

export function breakerOptions({
  trip,
  ...policy
}: BreakerPolicy): Omit<CircuitBreakerOptions, 'onTransition' | 'restore'> {
  return { ...valuesOf(policy), trip: tripOptions(trip) };
}

function tripOptions(trip: BreakerTrip): TripOptions {
  switch (trip.kind) {
    case 'leaky':
    case 'consecutive':
      return valuesOf(trip);
    case 'count-window':
      return { kind: trip.kind, size: trip.size.value, ...rateOptions(trip) };
    case 'time-window':
      return { kind: trip.kind, windowMs: trip.windowMs.value, ...rateOptions(trip) };
  }
}

function rateOptions({ failureRate, minimumCalls, slowCallMs, slowCallRate }: BreakerRates) {
  return {
    ...valuesOf({ failureRate, minimumCalls }),
    // A rate of slow calls means nothing where no call is slow.
    ...(slowCallMs && valuesOf({ slowCallMs, slowCallRate })),
  };
}

export function bulkheadOptions(policy: BulkheadPolicy): BulkheadOptions {
  return valuesOf(policy);
}

/** With a budget of its own, which all calls that name the policy share. */
export function retryOptions(policy: RetryPolicy): RetryOptions {
  const { attempts, factor, growth, initialMs, jitter, maxMs } = valuesOf(policy);
  const budget = retryLimit(policy);
  return {
    attempts,
    backoff: { kind: growth, initialMs, factor, maxMs, jitter },
    ...(budget && { budget }),
  };
}

function retryLimit(policy: RetryPolicy): RetryLimit | undefined {
  const { budget: ratio, budgetBurst: burst, minRetriesPerSecond } = valuesOf(policy);
  if (ratio === undefined) return undefined;
  return burst === undefined
    ? new RetryBudget({ ratio, minRetriesPerSecond })
    : new TokenBudget({ ratio, burst });
}

export function rateLimiterOptions(policy: RateLimiterPolicy): RateLimiterOptions {
  return valuesOf(policy);
}

export function concurrencyLimitOptions(policy: ConcurrencyLimitPolicy): ConcurrencyLimitOptions {
  const { algorithm: kind, ...bounds } = valuesOf(policy);
  return { algorithm: { kind }, ...bounds };
}

/** Without what is done with a connection that nobody needs any more. */
export function connectionPoolOptions(
  policy: ConnectionPoolPolicy,
): Omit<ConnectionPoolOptions<unknown>, 'onDiscard'> {
  return valuesOf(policy);
}

export function hedgeOptions(hedge: Hedge): HedgeOptions {
  const { afterMs: delayMs, attempts } = valuesOf(hedge);
  return { delayMs, attempts };
}

export function cacheOptions(cache: Cache): ResponseCacheOptions {
  const { keys: maxEntries, ...ages } = valuesOf(cache);
  return { ...ages, maxEntries };
}

/** Of a cache that only ever answers in place of a failed call. */
export function fallbackCacheOptions(step: Pick<Cache, 'maxAgeMs' | 'keys'>): ResponseCacheOptions {
  const { keys: maxEntries, maxAgeMs: staleIfErrorMs } = valuesOf(step);
  return { maxAgeMs: 0, staleIfErrorMs, maxEntries };
}

export function groupOptions({ name, ...group }: Group): RedundancyGroupOptions {
  return {
    name,
    componentType: group.componentType.value,
    // Without a single member up it does nothing, whatever it is said to need.
    minHealthy: Math.max(1, group.minHealthy.value),
    recovery: valuesOf(group.recovery),
  };
}

/** How often a waiting standby fails, relative to an active, in [0, 1]: a cold one is off. */
export function standbyPace({ standbyFailureFactor, standbyMode }: Group): number {
  return standbyFailureFactor?.value ?? (standbyMode.value === 'cold' ? 0 : 1);
}

/** In place of the copies that a quorum asks for and no member holds: no member has a blank name. */
const MISSING_COPY = ' ';

/**
 * The copies are held by the first `copies` members, in the order of the file; absent where there is
 * none. A cold standby is off while it waits, so it has no vote in a quorum.
 */
export function replicationOptions(group: Group): ReplicationOptions | undefined {
  const { members, replication } = group;
  if (!replication) return undefined;
  if (replication.mode.value === 'quorum') return quorumOptions(group, replication);
  const copies = members.slice(0, replication.copies?.value).map(({ name }) => name);
  if (copies.length === 0) return undefined;
  const { lagMs, mode } = replication;
  return mode.value === 'sync'
    ? { mode: 'sync', copies }
    : { mode: 'async', copies, lagMs: lagMs.value };
}

function quorumOptions({ members, standbyMode }: Group, replication: Replication) {
  const isCold = standbyMode.value === 'cold';
  const voters = members.filter(({ role }) => role === 'active' || !isCold);
  const count = replication.copies?.value ?? voters.length;
  const majority = Math.floor(count / 2) + 1;
  const write = replication.write?.value ?? majority;
  const read = replication.read?.value ?? majority;
  const copies = voters.slice(0, count).map(({ name }) => name);
  // One that is missing keeps a quorum from being reached as well as many.
  if (Math.max(write, read) > copies.length) copies.push(MISSING_COPY);
  return {
    mode: 'quorum',
    copies,
    write: Math.min(write, copies.length),
    read: Math.min(read, copies.length),
    lagMs: replication.lagMs.value,
  } as const;
}

/** The waits grow as they are said to, without a limit and without chance. */
export function failoverRetryOptions({ attempts, waitMs }: Failover): RetryOptions {
  const backoff = { initialMs: waitMs.value, maxMs: Number.MAX_VALUE, jitter: 'none' } as const;
  return { attempts: attempts.value, backoff };
}

/** The detector of one member, which is watched from now on. */
export function createDetector(detection: Detection, nowMs: number): FailureDetector {
  const { failedPhi, intervalMs, method, missed, weakeningPhi } = valuesOf(detection);
  switch (method) {
    case 'heartbeat':
      return new HeartbeatDetector({ intervalMs, missed }, nowMs);
    case 'phi-accrual':
      return new PhiAccrualDetector({ intervalMs, weakeningPhi, failedPhi }, nowMs);
  }
}
