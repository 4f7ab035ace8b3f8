import { type Child, h, type ViewElement } from './node.ts';

export interface Column<Row> {
  readonly title: string;
  /** Numbers are set flush right; the page's script sorts them by value. */
  readonly kind: 'text' | 'number';
  readonly cell: (row: Row) => Child;
  /** What the column sorts by when that is not the text shown. */
  readonly value?: (row: Row) => number;
}

/**
 * A table of one row per thing, the first column naming it. It scrolls sideways on its own when the
 * page is narrow, so it can be reached by keyboard.
 */
export function table<Row>(
  caption: string,
  columns: readonly Column<Row>[],
  rows: readonly Row[],
): ViewElement {
  return h(
    'div',
    { class: 'scroll', role: 'region', 'aria-label': caption, tabindex: 0 },
    h(
      'table',
      { class: 'sortable' },
      h('caption', { class: 'unseen' }, caption),
      h('thead', {}, h('tr', {}, columns.map(headCell))),
      h(
        'tbody',
        {},
        rows.map((row) =>
          h(
            'tr',
            {},
            columns.map((column, index) => bodyCell(column, row, index === 0)),
          ),
        ),
      ),
    ),
  );
}

function headCell<Row>({ title, kind }: Column<Row>): ViewElement {
  return h('th', { scope: 'col', class: kind, 'data-sort': kind }, title);
}

function bodyCell<Row>(column: Column<Row>, row: Row, isName: boolean): ViewElement {
  const { kind, cell, value } = column;
  const attributes = { class: kind, 'data-value': value?.(row) };
  return isName
    ? h('th', { scope: 'row', ...attributes }, cell(row))
    : h('td', attributes, cell(row));
}
