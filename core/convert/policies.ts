import type {
  BreakerPolicy,
  BulkheadPolicy,
  ConcurrencyLimitPolicy,
  ConnectionPoolPolicy,
  RateLimiterPolicy,
  RetryPolicy,
} from '../model/model.ts';
import { MANY_ATTEMPTS } from './native-model.ts';
import { count, duration, type Part, plain, rate, said, unlessEmpty } from './values.ts';

export function retryPart(retry: RetryPolicy): Part {
  const { attempts, factor, growth } = retry;
  const backoff = said('Backoff', {
    initial: duration(retry.initialMs),
    growth: plain(growth),
    factor: growth.value === 'exponential' ? plain(factor) : undefined,
    max: duration(retry.maxMs),
    jitter: plain(retry.jitter),
  });
  const part = said('Retry', {
    attempts: count(attempts),
    backoff: unlessEmpty(backoff),
    budget: plain(retry.budget),
    minRetriesPerSecond: plain(retry.minRetriesPerSecond),
  });
  const isEndless = attempts.value >= MANY_ATTEMPTS;
  const remarks = [...part.remarks, ...backoff.remarks];
  if (!isEndless) return { ...part, remarks };
  return {
    ...part,
    remarks: [`It is tried without an end, written as ${MANY_ATTEMPTS} times.`, ...remarks],
  };
}

export function breakerPart(breaker: BreakerPolicy): Part {
  const { trip } = breaker;
  const isCounter = 'failureThreshold' in trip;
  return said('CircuitBreaker', {
    ...(isCounter
      ? {
          counting: { value: trip.kind, source: { kind: 'default', at: breaker.nameAt } },
          failureThreshold: count(trip.failureThreshold),
          resetInterval: duration(breaker.resetIntervalMs),
        }
      : {
          ...(trip.kind === 'count-window'
            ? { windowCalls: count(trip.size) }
            : { window: duration(trip.windowMs) }),
          minimumCalls: count(trip.minimumCalls),
          failureRate: plain(trip.failureRate),
          slowCall: duration(trip.slowCallMs),
          slowCallRate: plain(trip.slowCallRate),
        }),
    recoveryTimeout: duration(breaker.recoveryTimeoutMs),
    recoveryFactor: plain(breaker.recoveryFactor),
    // Otherwise it has no effect.
    ...(breaker.recoveryFactor.value > 1 && {
      maxRecoveryTimeout: duration(breaker.maxRecoveryTimeoutMs),
    }),
    successThreshold: count(breaker.successThreshold),
    halfOpenLimit: count(breaker.halfOpenLimit),
  });
}

export function bulkheadPart({ maxWaitMs, queueSize, size }: BulkheadPolicy): Part {
  return said('Bulkhead', {
    size: count(size),
    queue: count(queueSize, 0),
    maxWait: duration(maxWaitMs),
  });
}

export function rateLimiterPart({ burst, maxWaitMs, ratePerSecond }: RateLimiterPolicy): Part {
  return said('RateLimiter', {
    rate: rate(ratePerSecond),
    burst: count(burst),
    maxWait: duration(maxWaitMs),
  });
}

export function concurrencyLimitPart(limit: ConcurrencyLimitPolicy): Part {
  return said('ConcurrencyLimit', {
    algorithm: plain(limit.algorithm),
    initial: count(limit.initial),
    min: count(limit.min),
    max: count(limit.max),
  });
}

export function connectionPoolPart(pool: ConnectionPoolPolicy): Part {
  return said('ConnectionPool', {
    max: count(pool.max),
    queue: count(pool.queueSize, 0),
    acquireTimeout: duration(pool.acquireTimeoutMs),
    connect: duration(pool.connectMs),
    idleTimeout: duration(pool.idleTimeoutMs),
  });
}
