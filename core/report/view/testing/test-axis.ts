import { type TimeAxis, timeAxis } from '../time-axis.ts';
import { sampleReport } from './sample-report.ts';

/** An axis of a given length without ticks to speak of. */
export function testAxis(durationMs: number): TimeAxis {
  const timeline = { ...sampleReport.timeline, arrived: [], events: [] };
  return timeAxis({ ...sampleReport, durationMs, timeline });
}
