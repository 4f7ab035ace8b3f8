import type { Rule } from '../rule.ts';
import { abandonedWorkUnbounded } from './abandoned-work-unbounded.ts';
import { attemptsExceedDeadline } from './attempts-exceed-deadline.ts';
import { durationUnitSuspect } from './duration-unit-suspect.ts';
import { fallbackTimeoutMissing } from './fallback-timeout-missing.ts';
import { perAttemptTimeoutMissing } from './per-attempt-timeout-missing.ts';
import { sequentialTimeoutsExceedDeadline } from './sequential-timeouts-exceed-deadline.ts';
import { timeoutBelowLatency } from './timeout-below-latency.ts';
import { timeoutInverted } from './timeout-inverted.ts';
import { timeoutMissing } from './timeout-missing.ts';

export const TIMEOUT_RULES: readonly Rule[] = [
  timeoutMissing,
  fallbackTimeoutMissing,
  timeoutInverted,
  timeoutBelowLatency,
  perAttemptTimeoutMissing,
  attemptsExceedDeadline,
  sequentialTimeoutsExceedDeadline,
  abandonedWorkUnbounded,
  durationUnitSuspect,
];
