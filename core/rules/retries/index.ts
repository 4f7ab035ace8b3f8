import type { Rule } from '../rule.ts';
import { failoverOutlastsDeadline } from './failover-outlasts-deadline.ts';
import { hedgeAfterTimeout } from './hedge-after-timeout.ts';
import { hedgeDoublesLoad } from './hedge-doubles-load.ts';
import { hedgeNonIdempotent } from './hedge-non-idempotent.ts';
import { retryAmplification } from './retry-amplification.ts';
import { retryAroundFailover } from './retry-around-failover.ts';
import { retryBudgetMissing } from './retry-budget-missing.ts';
import { retryNonIdempotent } from './retry-non-idempotent.ts';
import { retrySustainsOverload } from './retry-sustains-overload.ts';
import { retryUnbounded } from './retry-unbounded.ts';
import { retryWithoutBackoff } from './retry-without-backoff.ts';
import { retryWithoutJitter } from './retry-without-jitter.ts';

export const RETRY_RULES: readonly Rule[] = [
  retryAmplification,
  retrySustainsOverload,
  retryBudgetMissing,
  retryUnbounded,
  retryWithoutBackoff,
  retryWithoutJitter,
  retryNonIdempotent,
  retryAroundFailover,
  failoverOutlastsDeadline,
  hedgeNonIdempotent,
  hedgeDoublesLoad,
  hedgeAfterTimeout,
];
