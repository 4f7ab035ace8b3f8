import type { PoolResult } from '../report.ts';
import { countText, percentText } from '../text.ts';
import { stackedSteps } from './chart/area.ts';
import { bar } from './chart/bar.ts';
import { lane, laneGroup } from './lanes.ts';
import { h, type ViewElement } from './node.ts';
import { briefName, placedName } from './place.ts';
import { share, svgPercent } from './scale.ts';
import { blankSection, section } from './section.ts';
import type { ViewContext } from './surface.ts';
import { table } from './table.ts';
import { gridLines, type TimeAxis } from './time-axis.ts';

const LANES = {
  title: 'Pools',
  entries: [
    { label: 'slots in use', look: 'series-in-use' },
    { label: 'peak', look: 'series-peak' },
    { label: 'size', look: 'series-limit' },
  ],
  most: 12,
};
const HEIGHT = 36;
const TOP = 5;
const FLOOR = HEIGHT - 4;
const TIGHT = 0.8;

/** Slots in use over time, against the size of the pool. */
export function poolLanes(context: ViewContext, axis: TimeAxis) {
  const { report } = context;
  return laneGroup(LANES, report.pools, (pool) =>
    lane({
      label: briefName(context, pool.name, pool.place),
      remark: `peak ${countText(pool.peakInUse)} of ${countText(pool.size)}`,
      plot: use(pool, axis),
    }),
  );
}

/** The peak lasted a moment, so it stands above the mean of the fullest bucket. */
function use({ inUse, size, peakInUse }: PoolResult, axis: TimeAxis): ViewElement {
  const height = FLOOR - TOP;
  const y = (slots: number) => FLOOR - share(slots, size) * height;
  const fullest = inUse.reduce((best, slots, i) => (slots > (inUse[best] ?? 0) ? i : best), 0);
  const peakX = svgPercent(share(fullest + 0.5, axis.buckets));
  return h(
    'svg',
    { class: 'plot', width: '100%', height: HEIGHT, 'aria-hidden': 'true' },
    gridLines(axis),
    h('line', { class: 'limit', x1: 0, x2: '100%', y1: TOP, y2: TOP }),
    stackedSteps([{ className: 'area in-use', values: inUse }], {
      y: TOP,
      height,
      max: size,
      buckets: axis.buckets,
    }),
    h('line', { class: 'floor', x1: 0, x2: '100%', y1: FLOOR, y2: FLOOR }),
    h(
      'g',
      { class: `peak tone-${peakTone(share(peakInUse, size))}` },
      h('line', { x1: peakX, x2: peakX, y1: y(inUse[fullest] ?? 0), y2: y(peakInUse) }),
      h('circle', { cx: peakX, cy: y(peakInUse), r: 3 }),
    ),
    h('text', { class: 'tick', x: -6, y: TOP + 5, 'text-anchor': 'end' }, countText(size)),
  );
}

function peakTone(peak: number): string {
  return peak >= 1 ? 'bad' : peak >= TIGHT ? 'warn' : 'info';
}

/** Every bulkhead pool: how full it was, and whom it turned away. */
export function pools(context: ViewContext): ViewElement {
  const { report } = context;
  const head = { id: 'pools', title: 'Bulkhead pools', classes: 'span-half' };
  if (report.pools.length === 0) {
    return blankSection(head, 'No bulkhead pool was used.');
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
            placedName(context, name, place),
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
  return h(
    'span',
    { class: 'metered' },
    bar({ ratio: meanUtilisation, mark: peak, tone: peakTone(peak) }),
    percentText(meanUtilisation, 0),
  );
}
