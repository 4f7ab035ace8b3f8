import type { Model } from '../model/model.ts';
import { monitoredParts } from '../model/monitored-parts.ts';
import { FaultToleranceMonitor, type Interval, type MonitorReport } from '../monitor/index.ts';
import { calibrate, type GroupCalibration } from './calibrate.ts';
import type { History } from './read.ts';

export interface ReviewOptions {
  /** The system that it happened to; without one every component stands alone. */
  readonly model?: Model;
  /** When recording began, ms since 1970: by default with the first event. */
  readonly sinceMs?: number;
  /** When it ended: by default with the last event. */
  readonly untilMs?: number;
}

/** What a history comes to. */
export interface Review {
  readonly watched: Interval;
  /** Over the whole watch. */
  readonly report: MonitorReport;
  /** What the file should say of each group; none without a model. */
  readonly calibrations: readonly GroupCalibration[];
  /** Components that failed, but that the model does not have. */
  readonly unknown: readonly string[];
}

/** Lets the monitor look at what really happened, and holds a model against it. */
export function reviewHistory(
  { failures, firstMs, lastMs, recoveries }: History,
  { model, sinceMs = firstMs, untilMs = lastMs }: ReviewOptions = {},
): Review {
  const parts = model ? monitoredParts(model) : { components: [], groups: [] };
  const monitor = new FaultToleranceMonitor({ ...parts, observedFromMs: sinceMs });
  const isWatched = ({ atMs }: { readonly atMs: number }) => atMs >= sinceMs && atMs <= untilMs;
  for (const failure of failures.filter(isWatched)) monitor.recordFailure(failure);
  for (const recovery of recoveries.filter(isWatched)) monitor.recordRecovery(recovery);
  const watched = { startMs: sinceMs, endMs: untilMs };
  const report = monitor.report(untilMs, untilMs - sinceMs);
  const known = new Set(parts.components.map(({ id }) => id));
  return {
    watched,
    report,
    calibrations: model ? calibrate(model, monitor, watched) : [],
    unknown: model ? report.components.map(({ id }) => id).filter((id) => !known.has(id)) : [],
  };
}
