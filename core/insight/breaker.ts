import { callsInWindow, failuresToOpen, timeToOpenMs } from '../analysis/index.ts';
import type { BreakerPolicy, BreakerTrip, Model } from '../model/model.ts';
import type { Sourced } from '../model/source.ts';
import { callsToOpen, mostPerSecond } from '../rules/facts/breaker-calls.ts';
import { type CallSite, usesOf } from '../rules/facts/calls.ts';
import { loadOf } from '../rules/facts/load.ts';
import { limitOf } from '../rules/facts/patience.ts';
import type { InsightBase } from './insight.ts';
import { missingRates } from './missing.ts';

export interface BreakerInsight extends InsightBase {
  readonly kind: 'breaker';
  readonly trip: BreakerTrip;
  /** How often it begins to count anew. */
  readonly resetIntervalMs?: Sourced<number>;
  /** Failures that open it when it has seen nothing but successes; not with a window of time. */
  readonly failures?: number;
  /** What it sees in one process while nothing fails, as far as the file says. */
  readonly seen?: BreakerTraffic;
  /** How many calls its window of time holds at most, where that is too few to be judged. */
  readonly tooFewCalls?: number;
  readonly openMs: Sourced<number>;
  readonly recoveryFactor: Sourced<number>;
  readonly maxOpenMs: Sourced<number>;
  /** Trials that must succeed to close it. */
  readonly successThreshold: Sourced<number>;
}

export interface BreakerTraffic {
  readonly perSecond: number;
  /** From the moment that every call hangs until it opens; absent where calls never time out. */
  readonly opensAfterMs?: number;
  /** Whether calls time out too late to be counted before it begins to count anew. */
  readonly isBlindToHangs?: boolean;
  /** Mean time between two openings by chance, at the usual error rate of the callees. */
  readonly byChance?: { readonly errorRate: number; readonly everyMs: number };
}

export function breakerInsight(model: Model, policy: BreakerPolicy): BreakerInsight {
  const { name, nameAt: at, resetIntervalMs, trip } = policy;
  const sites = usesOf(model).get(policy) ?? [];
  const failures = failuresOf(trip);
  const tooFewCalls = tooFewOf(model, policy);
  const seen = tooFewCalls === undefined ? trafficOf(model, policy, sites) : undefined;
  return {
    kind: 'breaker',
    name,
    at,
    trip,
    ...(resetIntervalMs && { resetIntervalMs }),
    ...(failures !== undefined && { failures }),
    ...(seen && { seen }),
    ...(tooFewCalls !== undefined && { tooFewCalls }),
    openMs: policy.recoveryTimeoutMs,
    recoveryFactor: policy.recoveryFactor,
    maxOpenMs: policy.maxRecoveryTimeoutMs,
    successThreshold: policy.successThreshold,
    wants: missingRates(
      model,
      sites.map(({ caller }) => caller),
      'how fast it opens',
    ),
  };
}

function failuresOf(trip: BreakerTrip): number | undefined {
  switch (trip.kind) {
    case 'leaky':
    case 'consecutive':
      return trip.failureThreshold.value;
    case 'count-window':
      return failuresToOpen(trip.size.value, trip.failureRate.value);
    case 'time-window':
      return undefined;
  }
}

/** Only where all traffic is known: what is not written may well bring enough calls. */
function tooFewOf(model: Model, policy: BreakerPolicy): number | undefined {
  if (policy.trip.kind !== 'time-window') return undefined;
  const { minimumCalls, windowMs } = policy.trip;
  const perSecond = mostPerSecond(model, policy);
  const calls = perSecond > 0 ? callsInWindow(perSecond, windowMs.value) : undefined;
  return calls !== undefined && calls < minimumCalls.value ? calls : undefined;
}

function trafficOf(
  model: Model,
  { resetIntervalMs, trip }: BreakerPolicy,
  sites: readonly CallSite[],
): BreakerTraffic | undefined {
  const load = loadOf(model);
  const perSecondOf = (site: CallSite) => load.leastCalls(site) / site.caller.instances.value;
  const perSecond = sites.reduce((sum, site) => sum + perSecondOf(site), 0);
  if (perSecond === 0) return undefined;
  const errors = sites.reduce(
    (sum, site) => sum + perSecondOf(site) * (site.callee?.errorRate.value ?? 0),
    0,
  );
  const errorRate = errors / perSecond;
  const timeoutMs = Math.max(...sites.map(({ call }) => limitOf(call)?.ms.value ?? 0));
  const intervalMs = resetIntervalMs?.value ?? Number.POSITIVE_INFINITY;
  const opensMs = timeoutMs > 0 ? opensAfter(trip, perSecond, timeoutMs) : undefined;
  const opensAfterMs = opensMs !== undefined && opensMs < intervalMs ? opensMs : undefined;
  const everyMs = (1_000 * callsToOpen(trip, errorRate, perSecond)) / perSecond;
  return {
    perSecond,
    ...(opensAfterMs !== undefined && { opensAfterMs }),
    ...(timeoutMs >= intervalMs && { isBlindToHangs: true }),
    // The formula knows of no moments at which everything is forgotten.
    ...(errorRate > 0 && !resetIntervalMs && { byChance: { errorRate, everyMs } }),
  };
}

function opensAfter(trip: BreakerTrip, perSecond: number, timeoutMs: number): number | undefined {
  const failures = failuresOf(trip);
  if (failures !== undefined) return timeToOpenMs(failures, perSecond, timeoutMs);
  if (trip.kind !== 'time-window') return undefined;
  const { failureRate, minimumCalls, windowMs } = trip;
  const enoughMs = (1_000 * minimumCalls.value) / perSecond;
  // So much of the window must have failed; but it may have been empty before.
  const failingMs = failureRate.value * windowMs.value;
  return enoughMs > windowMs.value ? undefined : timeoutMs + Math.max(failingMs, enoughMs);
}
