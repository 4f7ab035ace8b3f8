/**
 * What can end a request: the work failed, an attempt or the whole call ran out of time, a breaker
 * was open, a rate or a number of calls was at its limit, a pool was full or had no connection, no
 * healthy component was there, or too few copies of the data were up.
 */
export const FAILURE_REASONS = [
  'error',
  'timeout',
  'deadline',
  'circuit-open',
  'rate-limited',
  'limit-exceeded',
  'pool-exhausted',
  'no-connection',
  'unavailable',
  'no-quorum',
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
