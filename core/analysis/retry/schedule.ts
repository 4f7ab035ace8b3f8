import { isAmount, isCount, isPositive } from '../numeric/ranges.ts';

/** Attempts at one call and the waits between them. */
export interface RetrySchedule {
  /** Attempts in all, the first one included, 1 to 1,000,000. */
  readonly attempts: number;
  /** Wait before the first retry, 0 or more. */
  readonly initialMs: number;
  /**
   * How much longer each wait is than the one before, 1 or more. For the longest waits that
   * decorrelated jitter can give: 3.
   */
  readonly factor: number;
  /** No wait is longer, 0 or more. */
  readonly maxMs: number;
}

/**
 * All waits of a call whose every attempt but the last is followed by one.
 *
 * Σ_{i=0}^{attempts−2} min(max, initial · factorⁱ)
 *
 * These are the longest waits: full jitter halves them on average, equal jitter takes a quarter.
 */
export function totalBackoffMs(schedule: RetrySchedule): number | undefined {
  return isSchedule(schedule) ? waitsMs(schedule, schedule.attempts - 1) : undefined;
}

/**
 * The longest that a call can take: every attempt runs into its timeout, and each wait is whole.
 *
 * attempts · timeout + `totalBackoffMs`
 *
 * @param timeoutMs of one attempt, 0 or more
 */
export function worstRetryMs(schedule: RetrySchedule, timeoutMs: number): number | undefined {
  const backoffMs = totalBackoffMs(schedule);
  if (backoffMs === undefined || !isAmount(timeoutMs)) return undefined;
  return schedule.attempts * timeoutMs + backoffMs;
}

/**
 * How many attempts can run to the end of their timeout within a deadline, when all do.
 *
 * The largest n up to `attempts` with n · timeout + its n−1 waits ≤ deadline
 *
 * @param timeoutMs of one attempt, 0 or more
 * @param deadlineMs of the whole call, 0 or more
 * @returns 0 when not even the first one fits
 */
export function attemptsThatFit(
  schedule: RetrySchedule,
  timeoutMs: number,
  deadlineMs: number,
): number | undefined {
  if (!isSchedule(schedule) || !isAmount(timeoutMs) || !isAmount(deadlineMs)) return undefined;
  let endMs = timeoutMs;
  let waitMs = schedule.initialMs;
  let fit = 0;
  // A sum of decimal fractions may come out just above the deadline that it is meant to meet.
  while (fit < schedule.attempts && endMs <= deadlineMs * (1 + 1e-12)) {
    fit += 1;
    endMs += Math.min(schedule.maxMs, waitMs) + timeoutMs;
    waitMs = Math.min(schedule.maxMs, waitMs * schedule.factor);
  }
  return fit;
}

/**
 * The longest timeout of one attempt with which all attempts fit into a deadline.
 *
 * (deadline − `totalBackoffMs`) / attempts
 *
 * @param deadlineMs of the whole call, 0 or more
 * @returns `undefined` also when the waits alone take longer
 */
export function longestTimeoutMs(schedule: RetrySchedule, deadlineMs: number): number | undefined {
  const backoffMs = totalBackoffMs(schedule);
  if (backoffMs === undefined || !isAmount(deadlineMs) || backoffMs >= deadlineMs) return undefined;
  return (deadlineMs - backoffMs) / schedule.attempts;
}

function isSchedule({ attempts, initialMs, factor, maxMs }: RetrySchedule): boolean {
  if (!isCount(attempts, 1) || !isAmount(initialMs) || !isAmount(maxMs)) return false;
  return isPositive(factor) && factor >= 1;
}

function waitsMs({ initialMs, factor, maxMs }: RetrySchedule, count: number): number {
  let waitMs = Math.min(maxMs, initialMs);
  let sumMs = 0;
  for (let left = count; left > 0; left--) {
    // From here on all are alike.
    if (waitMs >= maxMs || factor === 1) return sumMs + left * waitMs;
    sumMs += waitMs;
    waitMs = Math.min(maxMs, waitMs * factor);
  }
  return sumMs;
}
