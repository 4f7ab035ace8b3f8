import type { RecoveryPolicy } from '../../model/model.ts';

export interface RecoveryTimes {
  /** When the first attempt works. */
  readonly leastMs: number;
  /** Mean of the recoveries that work at all; infinite when none does. */
  readonly meanMs: number;
  /** Share of failures after which every attempt fails and the member stays down, in [0, 1]. */
  readonly givesUp: number;
}

/** More attempts than these do not change the mean. */
const MOST_ATTEMPTS = 1_000;

/** How long a member takes to come back by itself. */
export function recoveryTimes(policy: RecoveryPolicy): RecoveryTimes {
  const success = policy.successRate.value;
  const attempts = policy.maxAttempts.value;
  let elapsedMs = 0;
  let reached = 1;
  let weightedMs = 0;
  for (let attempt = 1; attempt <= Math.min(attempts, MOST_ATTEMPTS); attempt++) {
    elapsedMs += attemptMs(policy, attempt);
    weightedMs += reached * success * elapsedMs;
    reached *= 1 - success;
    elapsedMs += policy.retryAfterMs.value;
  }
  const givesUp = (1 - success) ** attempts;
  return {
    leastMs: attemptMs(policy, 1),
    meanMs: success === 0 ? Number.POSITIVE_INFINITY : weightedMs / (1 - reached),
    givesUp,
  };
}

function attemptMs({ growth, maxTimeMs, timeMs }: RecoveryPolicy, attempt: number): number {
  const factor = { constant: 1, linear: attempt, exponential: 2 ** (attempt - 1) }[growth.value];
  return Math.min(maxTimeMs.value, timeMs.value * factor);
}
