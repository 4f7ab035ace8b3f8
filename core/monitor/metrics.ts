import type { FailureEvent, RecoveryEvent } from './events.ts';
import { coveredMs, type Interval } from './intervals.ts';

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;

/** Mean time between consecutive failures, in hours; infinite with fewer than two. */
export function mtbfHours(failures: readonly FailureEvent[]): number {
  if (failures.length < 2) return Number.POSITIVE_INFINITY;
  let first = Number.POSITIVE_INFINITY;
  let last = Number.NEGATIVE_INFINITY;
  for (const { atMs } of failures) {
    first = Math.min(first, atMs);
    last = Math.max(last, atMs);
  }
  // The intervals between neighbours add up to the time from the first to the last.
  return (last - first) / (failures.length - 1) / HOUR_MS;
}

/** Mean duration of the recoveries, in minutes; 0 without any. */
export function mttrMinutes(recoveries: readonly RecoveryEvent[]): number {
  if (recoveries.length === 0) return 0;
  const totalMs = recoveries.reduce((sum, { durationMs }) => sum + durationMs, 0);
  return totalMs / recoveries.length / MINUTE_MS;
}

/**
 * Share of the window in which nothing was down, in [0, 100]; 100 for a window without length.
 *
 * @param down intervals that do not overlap.
 */
export function availabilityPercent(down: readonly Interval[], window: Interval): number {
  const lengthMs = window.endMs - window.startMs;
  return lengthMs <= 0 ? 100 : 100 * Math.max(0, 1 - coveredMs(down, window) / lengthMs);
}
