import {
  consecutiveCallsToOpen,
  leakyCallsToOpen,
  windowTripProbability,
} from '../../analysis/index.ts';
import type { BreakerPolicy, BreakerTrip, Model } from '../../model/model.ts';
import { isOutside, usesOf } from './calls.ts';
import { loadOf } from './load.ts';

/** What one process's breaker sees at most; infinite where nobody can know. */
export function mostPerSecond(model: Model, policy: BreakerPolicy): number {
  const load = loadOf(model);
  let total = 0;
  for (const site of usesOf(model).get(policy) ?? []) {
    // Outside the retries it sees each call once.
    const seen = isOutside(site.call, 'circuitBreaker', 'retry')
      ? load.most(site.caller)
      : load.mostTries(site);
    total += seen / site.caller.instances.value;
  }
  return total;
}

/** Calls between two openings that nothing but chance is the reason for, on average. */
export function callsToOpen(trip: BreakerTrip, errorRate: number, perSecond: number): number {
  switch (trip.kind) {
    case 'leaky':
      return leakyCallsToOpen(trip.failureThreshold.value, errorRate) ?? Number.POSITIVE_INFINITY;
    case 'consecutive':
      return (
        consecutiveCallsToOpen(trip.failureThreshold.value, errorRate) ?? Number.POSITIVE_INFINITY
      );
    case 'count-window':
      return windowCalls(trip.size.value, trip.failureRate.value, errorRate);
    case 'time-window': {
      const size = Math.floor((perSecond * trip.windowMs.value) / 1_000);
      if (size < trip.minimumCalls.value) return Number.POSITIVE_INFINITY;
      return windowCalls(size, trip.failureRate.value, errorRate);
    }
  }
}

function windowCalls(size: number, failureRate: number, errorRate: number): number {
  const chance = windowTripProbability(size, failureRate, errorRate) ?? 0;
  return chance > 0 ? size / chance : Number.POSITIVE_INFINITY;
}
