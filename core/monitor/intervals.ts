/** A stretch of time from `startMs` up to `endMs`, which is infinite while it has not ended. */
export interface Interval {
  readonly startMs: number;
  readonly endMs: number;
}

/** A change between up and down. */
export interface Change {
  readonly atMs: number;
  readonly kind: 'failure' | 'recovery';
}

/**
 * When something was down: from a failure to the next recovery. A failure while it is down, and a
 * recovery while it is up, change nothing.
 *
 * @param changes in order of time.
 */
export function downIntervals(changes: readonly Change[]): Interval[] {
  const intervals: Interval[] = [];
  let downSinceMs: number | undefined;
  for (const { atMs, kind } of changes) {
    if (kind === 'failure') {
      downSinceMs ??= atMs;
    } else if (downSinceMs !== undefined) {
      intervals.push({ startMs: downSinceMs, endMs: atMs });
      downSinceMs = undefined;
    }
  }
  if (downSinceMs !== undefined) {
    intervals.push({ startMs: downSinceMs, endMs: Number.POSITIVE_INFINITY });
  }
  return intervals;
}

/** The stretches of time that lie in more than `tolerated` of the intervals at once. */
export function overlaps(intervals: readonly Interval[], tolerated: number): Interval[] {
  const edges = intervals
    .flatMap(({ startMs, endMs }) => [
      { atMs: startMs, step: 1 },
      { atMs: endMs, step: -1 },
    ])
    // Starts before ends, so that intervals which touch are joined. An interval that begins and
    // ends at infinity does not exist, so the difference is always a number.
    .sort((a, b) => (a.atMs === b.atMs ? b.step - a.step : a.atMs - b.atMs));
  const result: Interval[] = [];
  let depth = 0;
  let startMs = 0;
  for (const { atMs, step } of edges) {
    if (step === 1 && depth === tolerated) startMs = atMs;
    if (step === -1 && depth === tolerated + 1) result.push({ startMs, endMs: atMs });
    depth += step;
  }
  return result;
}

/** The parts of intervals that lie in the window. */
export function within(intervals: readonly Interval[], window: Interval): Interval[] {
  return intervals
    .map(({ startMs, endMs }) => ({
      startMs: Math.max(startMs, window.startMs),
      endMs: Math.min(endMs, window.endMs),
    }))
    .filter(({ startMs, endMs }) => endMs > startMs);
}

/** How much of the window the intervals cover, ms. They must not overlap. */
export function coveredMs(intervals: readonly Interval[], window: Interval): number {
  return within(intervals, window).reduce((sum, { startMs, endMs }) => sum + endMs - startMs, 0);
}
