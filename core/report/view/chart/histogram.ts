import { countText, plural } from '../../text.ts';
import { h, type ViewElement } from '../node.ts';
import { niceTicks, share, svgPercent } from '../scale.ts';

const HEIGHT = 96;
const TOP = 14;
const FLOOR = 78;
const LABEL_EVERY_HOURS = 6;

/** Failures by hour of day, 0 to 23. */
export function hourHistogram(counts: readonly number[], description: string): ViewElement {
  const max = niceTicks(Math.max(0, ...counts), 2).at(-1) ?? 1;
  const slot = 1 / 24;
  return h(
    'svg',
    {
      class: 'plot histogram',
      width: '100%',
      height: HEIGHT,
      role: 'img',
      'aria-label': description,
    },
    h('line', { class: 'grid', x1: 0, x2: '100%', y1: TOP, y2: TOP }),
    h('text', { class: 'tick', x: 0, y: TOP - 4 }, countText(max)),
    h('line', { class: 'floor', x1: 0, x2: '100%', y1: FLOOR, y2: FLOOR }),
    counts.map((count, hour) => {
      const height = share(count, max) * (FLOOR - TOP);
      return h(
        'g',
        { class: 'tone-bad' },
        h('title', {}, `${clock(hour)} to ${clock(hour + 1)}: ${plural(count, 'failure')}`),
        h('rect', {
          class: 'fill',
          x: svgPercent((hour + 0.12) * slot),
          y: FLOOR - height,
          width: svgPercent(slot * 0.76),
          height,
        }),
      );
    }),
    [0, 1, 2, 3].map((index) =>
      h(
        'text',
        { class: 'tick', x: svgPercent(index * LABEL_EVERY_HOURS * slot), y: FLOOR + 14 },
        clock(index * LABEL_EVERY_HOURS),
      ),
    ),
  );
}

/** `06:00` */
function clock(hour: number): string {
  return `${String(hour).padStart(2, '0')}:00`;
}
