import { type Child, h, type ViewElement } from './node.ts';

export interface Lane {
  readonly label: Child;
  /** A second, quieter line under the label. */
  readonly remark?: string;
  readonly plot: Child;
}

/** One row of the timeline: a label and a drawing over the shared axis. */
export function lane({ label, remark, plot }: Lane): ViewElement {
  return h(
    'div',
    { class: 'lane' },
    h(
      'div',
      { class: 'lane-label' },
      h('span', { class: 'lane-name' }, label),
      remark === undefined ? undefined : h('span', { class: 'lane-remark' }, remark),
    ),
    h('div', { class: 'lane-plot' }, plot),
  );
}

export interface LaneGroupHead {
  readonly title: string;
  readonly entries: readonly LegendEntry[];
  /** Rows beyond this many are left to the tables. */
  readonly most: number;
}

/** Rows of one kind under a heading and a legend, at most `most` of them. */
export function laneGroup<Row>(
  { title, entries, most }: LaneGroupHead,
  rows: readonly Row[],
  draw: (row: Row) => ViewElement,
): ViewElement | undefined {
  if (rows.length === 0) return undefined;
  const hidden = rows.length - most;
  return h(
    'div',
    { class: 'lane-group' },
    h('div', { class: 'lane-group-head' }, h('h3', {}, title), legend(entries)),
    rows.slice(0, most).map(draw),
    hidden > 0 ? h('p', { class: 'note' }, `${hidden} more in the table below.`) : undefined,
  );
}

export interface LegendEntry {
  readonly label: string;
  /** Class of the swatch. */
  readonly look: string;
}

/** What the colours and shapes mean. */
export function legend(entries: readonly LegendEntry[]): ViewElement {
  return h(
    'ul',
    { class: 'legend' },
    entries.map(({ label, look }) =>
      h('li', {}, h('span', { class: `swatch ${look}`, 'aria-hidden': 'true' }), label),
    ),
  );
}
