import type { Timeline } from '../report.ts';
import { countText, decimalText, durationText } from '../text.ts';
import { stackedSteps, stepLine } from './chart/area.ts';
import { lane } from './lanes.ts';
import { h, type ViewElement } from './node.ts';
import { niceTicks } from './scale.ts';
import { gridLines, type TimeAxis } from './time-axis.ts';

const SECOND_MS = 1_000;
const HEIGHT = 176;
const TOP = 10;
const FLOOR = HEIGHT - 4;
const TICKS = 3;

/** Requests per second over time: in full, by a fallback, failed, and the retries they caused. */
export function requestLane(timeline: Timeline, axis: TimeAxis): ViewElement {
  const perSecond = (counts: readonly number[]) =>
    counts.map((count) => (count * SECOND_MS) / timeline.bucketMs);
  const succeeded = perSecond(timeline.succeeded);
  const degraded = perSecond(timeline.degraded);
  const failed = perSecond(timeline.failed);
  const retries = perSecond(timeline.retries);
  const ended = succeeded.map((value, i) => value + (degraded[i] ?? 0) + (failed[i] ?? 0));
  const peak = [...ended, ...retries].reduce((a, b) => Math.max(a, b), 0);
  const ticks = niceTicks(peak, TICKS);
  const max = ticks.at(-1) ?? 1;
  const frame = { y: TOP, height: FLOOR - TOP, max, buckets: axis.buckets };
  return lane({
    label: 'Requests',
    remark: 'per second',
    plot: h(
      'svg',
      {
        class: 'plot requests',
        width: '100%',
        height: HEIGHT,
        role: 'img',
        'aria-label': `Requests per second over ${durationText(axis.endMs)}, at most ${decimalText(peak)}. The numbers are in the table "Requests over time".`,
      },
      gridLines(axis),
      stackedSteps(
        [
          { className: 'area succeeded', values: succeeded },
          { className: 'area degraded', values: degraded },
          { className: 'area failed', values: failed },
        ],
        frame,
      ),
      stepLine({ className: 'series retries', values: retries }, frame),
      ticks.map((tick) => levelLine(tick, FLOOR - (tick / max) * (FLOOR - TOP))),
    ),
  });
}

function levelLine(tick: number, y: number): ViewElement {
  return h(
    'g',
    {},
    h('line', { class: 'level', x1: 0, x2: '100%', y1: y, y2: y }),
    h('text', { class: 'tick', x: -6, y: y + 3.5, 'text-anchor': 'end' }, decimalText(tick, 2)),
  );
}

/** The same numbers as text, for screen readers and for copying; the cursor reads it out too. */
export function requestTable(timeline: Timeline): ViewElement {
  const columns = ['arrived', 'succeeded', 'degraded', 'failed', 'retries'] as const;
  const titles = ['Arrived', 'In full', 'By a fallback', 'Failed', 'Retries'];
  return h(
    'details',
    { class: 'data' },
    h('summary', {}, 'Requests over time, as a table'),
    h(
      'div',
      { class: 'scroll tall', role: 'region', 'aria-label': 'Requests over time', tabindex: 0 },
      h(
        'table',
        { class: 'buckets' },
        h('caption', { class: 'unseen' }, 'Requests over time'),
        h(
          'thead',
          {},
          h(
            'tr',
            {},
            h('th', { scope: 'col', class: 'number' }, 'From'),
            titles.map((title) => h('th', { scope: 'col', class: 'number' }, title)),
          ),
        ),
        h(
          'tbody',
          {},
          timeline.arrived.map((_, index) =>
            h(
              'tr',
              {},
              h('th', { scope: 'row', class: 'number' }, durationText(index * timeline.bucketMs)),
              columns.map((column) =>
                h('td', { class: 'number' }, countText(timeline[column][index] ?? 0)),
              ),
            ),
          ),
        ),
      ),
    ),
  );
}
