/**
 * What can end a request: the work failed, an attempt ran out of time, a breaker was open, a pool
 * was full, or no healthy component was there.
 */
export const FAILURE_REASONS = [
  'error',
  'timeout',
  'circuit-open',
  'pool-exhausted',
  'unavailable',
] as const;
export type FailureReason = (typeof FAILURE_REASONS)[number];

/** How a request or call ended; `degraded` is an answer from a fallback. */
export type Outcome = 'ok' | 'degraded' | FailureReason;

export function isFailure(outcome: Outcome): outcome is FailureReason {
  return outcome !== 'ok' && outcome !== 'degraded';
}

export function noFailures(): Record<FailureReason, number> {
  return Object.fromEntries(FAILURE_REASONS.map((reason) => [reason, 0])) as Record<
    FailureReason,
    number
  >;
}
