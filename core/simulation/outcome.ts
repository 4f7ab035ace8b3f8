import { FAILURE_REASONS, type FailureReason } from '../report/report.ts';

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
