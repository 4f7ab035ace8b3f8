import { type FailureEvent, type FailureSeverity, inOrderOfTime } from './events.ts';

/** Failures of which each came at most `CASCADE_GAP_MINUTES` after the one before. */
export interface CascadeChain {
  readonly startMs: number;
  readonly endMs: number;
  /** Each once, in the order in which they failed. */
  readonly components: readonly string[];
}

export interface FailurePatterns {
  readonly bySeverity: Readonly<Record<FailureSeverity, number>>;
  readonly byType: Readonly<Record<string, number>>;
  /** 24 counts; the hour is that of the events' clock: UTC for times since 1970. */
  readonly byHourOfDay: readonly number[];
  readonly cascades: {
    /** Failures that came at most `CASCADE_GAP_MINUTES` after another, of any component. */
    readonly count: number;
    readonly chains: readonly CascadeChain[];
  };
}

const HOUR_MS = 3_600_000;
/** Failures that are no further apart may have one cause. */
export const CASCADE_GAP_MINUTES = 5;
const CASCADE_GAP_MS = CASCADE_GAP_MINUTES * 60_000;

export function failurePatterns(failures: readonly FailureEvent[]): FailurePatterns {
  const bySeverity = { low: 0, medium: 0, high: 0, critical: 0 };
  const byHourOfDay = new Array<number>(24).fill(0);
  for (const { severity, atMs } of failures) {
    bySeverity[severity] += 1;
    const hour = Math.floor(atMs / HOUR_MS) % 24;
    byHourOfDay[hour] = (byHourOfDay[hour] ?? 0) + 1;
  }
  return {
    bySeverity,
    byType: Object.fromEntries(countTypes(failures)),
    byHourOfDay,
    cascades: cascades(failures),
  };
}

/** Failures by type, types in the order in which they were first seen. */
export function countTypes(failures: readonly FailureEvent[]): Map<string, number> {
  const counts = new Map<string, number>();
  for (const { type } of failures) counts.set(type, (counts.get(type) ?? 0) + 1);
  return counts;
}

function cascades(failures: readonly FailureEvent[]): FailurePatterns['cascades'] {
  const runs: FailureEvent[][] = [];
  let previousMs = Number.NEGATIVE_INFINITY;
  for (const failure of inOrderOfTime(failures)) {
    if (failure.atMs - previousMs <= CASCADE_GAP_MS) runs.at(-1)?.push(failure);
    else runs.push([failure]);
    previousMs = failure.atMs;
  }
  return {
    count: failures.length - runs.length,
    chains: runs.filter((run) => run.length > 1).map(chainOf),
  };
}

function chainOf(run: readonly FailureEvent[]): CascadeChain {
  return {
    startMs: run.at(0)?.atMs ?? Number.NaN,
    endMs: run.at(-1)?.atMs ?? Number.NaN,
    components: [...new Set(run.map((failure) => failure.component))],
  };
}
