import type { PoolResult } from '../report.ts';
import { countText, percentText } from '../text.ts';
import { stackedSteps } from './chart/area.ts';
import { bar } from './chart/bar.ts';
import { lane, laneGroup } from './lanes.ts';
import { h, type ViewElement } from './node.ts';
import { placedName } from './place.ts';
import { share } from './scale.ts';
import { empty, section } from './section.ts';
import type { ViewContext } from './surface.ts';
import { table } from './table.ts';
import { gridLines, type TimeAxis } from './time-axis.ts';

const MOST_LANES = 12;
const HEIGHT = 36;
const TOP = 5;
const FLOOR = HEIGHT - 4;
const TIGHT = 0.8;

/** Slots in use over time, against the size of the pool. */
export function poolLanes({ report, surface }: ViewContext, axis: TimeAxis) {
  return laneGroup('Pools, slots in use', report.pools, MOST_LANES, (pool) =>
    lane({
      label: surface === 'panel' ? placedName(surface, pool.name, pool.place) : pool.name,
      remark: `peak ${countText(pool.peakInUse)} of ${countText(pool.size)}`,
      plot: use(pool, axis, report.timeline.bucketMs),
    }),
  );
}

function use(
  { inUse, size, peakInUse }: PoolResult,
  axis: TimeAxis,
  bucketMs: number,
): ViewElement {
  const peakY = FLOOR - share(peakInUse, size) * (FLOOR - TOP);
  return h(
    'svg',
    { class: 'plot', width: '100%', height: HEIGHT, 'aria-hidden': 'true' },
    gridLines(axis),
    h('line', { class: 'limit', x1: 0, x2: '100%', y1: TOP, y2: TOP }),
    stackedSteps([{ className: 'area in-use', values: inUse }], {
      y: TOP,
      height: FLOOR - TOP,
      max: size,
      buckets: axis.endMs / bucketMs,
    }),
    h('line', { class: 'peak', x1: 0, x2: '100%', y1: peakY, y2: peakY }),
    h('line', { class: 'floor', x1: 0, x2: '100%', y1: FLOOR, y2: FLOOR }),
    h('text', { class: 'tick', x: -6, y: TOP + 5, 'text-anchor': 'end' }, countText(size)),
  );
}

/** Every bulkhead pool: how full it was, and whom it turned away. */
export function pools({ report, surface }: ViewContext): ViewElement {
  const head = { id: 'pools', title: 'Bulkhead pools', classes: 'span-half' };
  if (report.pools.length === 0) {
    return section(head, empty('No bulkhead pool was used.'));
  }
  return section(
    { ...head, note: 'Bar: mean use. Mark: peak.' },
    table<PoolResult>(
      'Bulkhead pools',
      [
        {
          title: 'Pool',
          kind: 'text',
          cell: ({ name, place, services }) => [
            placedName(surface, name, place),
            h('span', { class: 'used-by' }, services.join(', ')),
          ],
        },
        { title: 'Use', kind: 'number', cell: useCell, value: (pool) => pool.meanUtilisation },
        {
          title: 'Peak',
          kind: 'number',
          cell: ({ peakInUse, size }) => `${countText(peakInUse)} of ${countText(size)}`,
          value: ({ peakInUse, size }) => share(peakInUse, size),
        },
        {
          title: 'Admitted',
          kind: 'number',
          cell: ({ admitted }) => countText(admitted),
          value: ({ admitted }) => admitted,
        },
        {
          title: 'Rejected',
          kind: 'number',
          cell: ({ rejected }) => countText(rejected),
          value: ({ rejected }) => rejected,
        },
        {
          title: 'Timed out',
          kind: 'number',
          cell: ({ timeouts }) => countText(timeouts),
          value: ({ timeouts }) => timeouts,
        },
      ],
      report.pools,
    ),
  );
}

function useCell({ meanUtilisation, peakInUse, size }: PoolResult): ViewElement {
  const peak = share(peakInUse, size);
  const tone = peak >= 1 ? 'bad' : peak >= TIGHT ? 'warn' : 'info';
  return h(
    'span',
    { class: 'metered' },
    bar({ ratio: meanUtilisation, mark: peak, tone }),
    percentText(meanUtilisation, 0),
  );
}
