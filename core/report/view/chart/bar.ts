import { countText, percentText } from '../../text.ts';
import { h, type ViewElement } from '../node.ts';
import { share, svgPercent } from '../scale.ts';

export interface BarMark {
  /** Share of the bar that is filled, in [0, 1]. */
  readonly ratio: number;
  /** A second value, drawn as a tick across the bar. */
  readonly mark?: number;
  /** Share of the width that the whole bar takes, for bars on a common scale. */
  readonly length?: number;
  readonly tone?: string;
}

const HEIGHT = 10;
const BAR = { y: 2, height: 6, rx: 1.5 };

/** A horizontal bar; the number stands beside it as text, so screen readers skip the drawing. */
export function bar({ ratio, mark, length = 1, tone = 'info' }: BarMark): ViewElement {
  return h(
    'svg',
    { class: `bar tone-${tone}`, width: '100%', height: HEIGHT, 'aria-hidden': 'true' },
    h('rect', { class: 'track', x: 0, width: svgPercent(length), ...BAR }),
    h('rect', { class: 'fill', x: 0, width: svgPercent(share(ratio, 1) * length), ...BAR }),
    mark === undefined ? undefined : markLine(svgPercent(share(mark, 1) * length)),
  );
}

function markLine(x: string): ViewElement {
  return h('line', { class: 'mark', x1: x, x2: x, y1: 0, y2: HEIGHT });
}

export interface Counted {
  readonly label: string;
  readonly count: number;
  readonly tone?: string;
}

/** A list of counted kinds with bars, longest first, each with its share of the whole. */
export function barList(items: readonly Counted[]): ViewElement {
  const sorted = items.toSorted((a, b) => b.count - a.count);
  const total = items.reduce((sum, { count }) => sum + count, 0);
  const largest = sorted[0]?.count ?? 0;
  return h(
    'ul',
    { class: 'bars' },
    sorted.map(({ label, count, tone }) =>
      h(
        'li',
        {},
        h('span', { class: 'bar-label' }, label),
        bar({ ratio: share(count, largest), ...(tone !== undefined && { tone }) }),
        h('span', { class: 'bar-count' }, countText(count)),
        h('span', { class: 'bar-share' }, percentText(share(count, total), 0)),
      ),
    ),
  );
}
