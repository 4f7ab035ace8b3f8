import type { TimelineEvent } from '../report.ts';
import { durationText, plural } from '../text.ts';
import { icon } from './chart/icon.ts';
import { lane } from './lanes.ts';
import { h, type ViewElement } from './node.ts';
import { placeReference } from './place.ts';
import type { ViewContext } from './surface.ts';
import { gridLines, type TimeAxis } from './time-axis.ts';

type Kind = TimelineEvent['kind'];

const KIND_LABELS: Readonly<Record<Kind, string>> = {
  fault: 'Fault',
  repair: 'Repair',
  promotion: 'Promotion',
  breaker: 'Breaker',
};
const HEIGHT = 26;
/** A list longer than this is folded away. */
const SHORT = 8;
/** Nobody reads further, and a run over years has hundreds of thousands. */
const MOST = 500;
const ICON_SIZE = 14;

/** Faults, repairs, promotions and breaker changes as marks on the axis. */
export function eventLane(events: readonly TimelineEvent[], axis: TimeAxis): ViewElement {
  return lane({
    label: 'Events',
    plot: h(
      'svg',
      { class: 'plot events', width: '100%', height: HEIGHT, 'aria-hidden': 'true' },
      gridLines(axis),
      events.slice(0, MOST).map((event) => mark(event, axis)),
    ),
  });
}

function mark({ atMs, kind, text }: TimelineEvent, axis: TimeAxis): ViewElement {
  return h(
    'svg',
    { class: `event event-${kind}`, x: axis.at(atMs) },
    h('title', {}, `${durationText(atMs)}: ${text}`),
    h('circle', { cx: 0, cy: HEIGHT / 2, r: 9 }),
    h('svg', { x: -ICON_SIZE / 2, y: (HEIGHT - ICON_SIZE) / 2, class: 'anchor' }, icon(kind)),
  );
}

/** The same events in words, each leading to its line. */
export function eventList({ report, surface }: ViewContext): ViewElement {
  const { events } = report.timeline;
  if (events.length === 0) {
    return h('p', { class: 'empty' }, 'No fault was injected and nothing failed.');
  }
  const hidden = events.length - MOST;
  return h(
    'details',
    { class: 'more', open: events.length <= SHORT ? true : undefined },
    h('summary', {}, plural(events.length, 'event')),
    h(
      'ol',
      { class: 'event-list' },
      events
        .slice(0, MOST)
        .map(({ atMs, kind, text, place }) =>
          h(
            'li',
            { class: `event-${kind}` },
            h('span', { class: 'event-time' }, durationText(atMs)),
            h('span', { class: 'event-kind' }, icon(kind), KIND_LABELS[kind]),
            h('span', { class: 'event-text' }, text),
            place === undefined ? undefined : placeReference(surface, text, place),
          ),
        ),
    ),
    hidden > 0 ? h('p', { class: 'note' }, `And ${plural(hidden, 'later event')}.`) : undefined,
  );
}
