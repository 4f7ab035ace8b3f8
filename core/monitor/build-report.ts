import type { EventLog } from './event-log.ts';
import { coveredMs, type Interval } from './intervals.ts';
import { availabilityPercent, mtbfHours, mttrMinutes } from './metrics.ts';
import { outagesOf, systemOutages } from './outages.ts';
import type { Parts } from './parts.ts';
import { failurePatterns } from './patterns.ts';
import { recommend } from './recommendations.ts';
import type { ComponentReport, MonitoredStatus, MonitorReport, MonitorSummary } from './report.ts';
import { faultToleranceScore } from './score.ts';

/** Puts a report together; the window ends at the time of the report. */
export function buildReport(parts: Parts, log: EventLog, window: Interval): MonitorReport {
  const failures = log.failures();
  const components = parts.components.map((id) => componentReport(id, parts, log, window));
  const summary = summarise(components, parts, log, window);
  const patterns = failurePatterns(failures);
  const windowMs = Math.max(0, window.endMs - window.startMs);
  const outages = parts.all.map((part) => {
    return { part, downMs: coveredMs(outagesOf(part, log), window) };
  });
  return {
    generatedAtMs: window.endMs,
    windowMs,
    summary,
    components,
    patterns,
    recommendations: recommend({ windowMs, summary, components, patterns, failures, outages }),
  };
}

function summarise(
  components: readonly ComponentReport[],
  parts: Parts,
  log: EventLog,
  window: Interval,
): MonitorSummary {
  const failures = log.failures();
  const recoveries = log.recoveries();
  const figures = {
    mtbfHours: mtbfHours(failures),
    mttrMinutes: mttrMinutes(recoveries),
    availabilityPercent: availabilityPercent(systemOutages(parts.all, log), window),
  };
  const score = faultToleranceScore({
    ...figures,
    failedComponents: components.filter(({ failureCount }) => failureCount > 0).length,
    knownComponents: components.length,
  });
  return {
    totalFailures: failures.length,
    totalRecoveries: recoveries.length,
    ...figures,
    mtbfHours: finite(figures.mtbfHours),
    score,
  };
}

function componentReport(
  id: string,
  parts: Parts,
  log: EventLog,
  window: Interval,
): ComponentReport {
  const failures = log.failures(id);
  const down = log.down(id);
  const group = parts.groupOf(id);
  return {
    id,
    ...(group !== undefined && { group }),
    failureCount: failures.length,
    status: statusOf(down),
    mtbfHours: finite(mtbfHours(failures)),
    mttrMinutes: mttrMinutes(log.recoveries(id)),
    availabilityPercent: availabilityPercent(down, window),
    lastFailureMs: failures.at(-1)?.atMs ?? null,
  };
}

function statusOf(down: readonly Interval[]): MonitoredStatus {
  const last = down.at(-1);
  if (last === undefined) return 'healthy';
  return last.endMs === Number.POSITIVE_INFINITY ? 'failed' : 'recovered';
}

/** JSON has no infinity. */
function finite(value: number): number | null {
  return Number.isFinite(value) ? value : null;
}
