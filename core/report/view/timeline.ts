import { durationText, plural } from '../text.ts';
import { breakerLanes } from './breakers.ts';
import { componentLanes } from './components.ts';
import { eventLane, eventList } from './events.ts';
import { lane, legend } from './lanes.ts';
import { h, type ViewElement } from './node.ts';
import { poolLanes } from './pools.ts';
import { requestLane, requestTable } from './requests.ts';
import { blankSection, section } from './section.ts';
import type { ViewContext } from './surface.ts';
import { axisLabels, timeAxis } from './time-axis.ts';

const LEGEND = [
  { label: 'Answered in full', look: 'series-succeeded' },
  { label: 'By a fallback', look: 'series-degraded' },
  { label: 'Failed', look: 'series-failed' },
  { label: 'Retries', look: 'series-retries' },
  { label: 'Fault', look: 'series-fault' },
];

/**
 * The run over time. Requests, events, components, breakers and pools stand under one another on
 * one axis, so that a reader can follow a fault down to its effects.
 */
export function timeline(context: ViewContext): ViewElement {
  const { timeline } = context.report;
  const buckets = timeline.arrived.length;
  const head = { id: 'timeline', title: 'Timeline', classes: 'span-all' };
  if (buckets === 0) return blankSection(head, 'Nothing happened during this run.');
  const axis = timeAxis(context.report);
  const note = `First replication, ${plural(buckets, 'bucket')} of ${durationText(timeline.bucketMs)}.`;
  const hasTraffic = timeline.arrived.some((count) => count > 0);
  return section(
    { ...head, note },
    hasTraffic ? legend(LEGEND) : undefined,
    h(
      'div',
      { class: 'lanes' },
      hasTraffic ? requestLane(timeline, axis) : undefined,
      timeline.events.length > 0 ? eventLane(timeline.events, axis) : undefined,
      componentLanes(context, axis),
      breakerLanes(context, axis),
      poolLanes(context, axis),
      lane({ label: '', plot: axisLabels(axis) }),
    ),
    eventList(context),
    hasTraffic ? requestTable(timeline) : undefined,
  );
}
