import type { TimelineEvent } from '../report.ts';
import { durationText, plural } from '../text.ts';
import { icon } from './chart/icon.ts';
import { lane } from './lanes.ts';
import { h, type ViewElement } from './node.ts';
import { placeReference } from './place.ts';
import { share } from './scale.ts';
import type { ViewContext } from './surface.ts';
import { gridLines, type TimeAxis } from './time-axis.ts';

type Kind = TimelineEvent['kind'];

const KIND_LABELS: Readonly<Record<Kind, string>> = {
  fault: 'Fault',
  repair: 'Repair',
  promotion: 'Promotion',
  breaker: 'Breaker',
};
const LEVEL_HEIGHT = 24;
const MOST_LEVELS = 3;
/** What a mark takes of a width of 450 pixels, a panel beside an editor. */
const MARK_SHARE = 0.04;
/** A list longer than this is folded away. */
const SHORT = 8;
const ICON_SIZE = 14;

/** Faults, repairs, promotions and breaker changes as marks on the axis. */
export function eventLane(events: readonly TimelineEvent[], axis: TimeAxis): ViewElement {
  const drawn = levelled(events, axis);
  const levels = drawn.reduce((most, { level }) => Math.max(most, level + 1), 1);
  return lane({
    label: 'Events',
    plot: h(
      'svg',
      { class: 'plot events', width: '100%', height: levels * LEVEL_HEIGHT, 'aria-hidden': 'true' },
      gridLines(axis),
      drawn.map(({ event, level }) => mark(event, level, axis)),
    ),
  });
}

interface Levelled {
  readonly event: TimelineEvent;
  readonly level: number;
}

/** Moves marks that would hide one another apart, downwards; in a crowd the last level takes all. */
function levelled(events: readonly TimelineEvent[], axis: TimeAxis): Levelled[] {
  const taken: number[] = [];
  return events.map((event) => {
    const x = share(event.atMs, axis.endMs);
    const free = range(MOST_LEVELS).find((i) => x - (taken[i] ?? -1) >= MARK_SHARE);
    const level = free ?? MOST_LEVELS - 1;
    taken[level] = x;
    return { event, level };
  });
}

function range(count: number): number[] {
  return Array.from({ length: count }, (_, index) => index);
}

function mark({ atMs, kind, text }: TimelineEvent, level: number, axis: TimeAxis): ViewElement {
  const y = (level + 0.5) * LEVEL_HEIGHT;
  return h(
    'svg',
    { class: `event event-${kind}`, x: axis.at(atMs) },
    h('title', {}, `${durationText(atMs)}: ${text}`),
    h('circle', { cx: 0, cy: y, r: 9 }),
    h('svg', { x: -ICON_SIZE / 2, y: y - ICON_SIZE / 2, class: 'anchor' }, icon(kind)),
  );
}

/** The same events in words, each leading to its line. */
export function eventList({ report, surface }: ViewContext): ViewElement {
  const { events, omittedEvents } = report.timeline;
  if (events.length === 0) {
    return h('p', { class: 'empty' }, 'No fault was injected and no component failed.');
  }
  return h(
    'details',
    { class: 'more', open: events.length <= SHORT ? true : undefined },
    h('summary', {}, plural(events.length + omittedEvents, 'event')),
    h(
      'ol',
      { class: 'event-list' },
      events.map(({ atMs, kind, text, place }) =>
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
    omittedEvents > 0
      ? h('p', { class: 'note' }, `And ${plural(omittedEvents, 'later event')}.`)
      : undefined,
  );
}
