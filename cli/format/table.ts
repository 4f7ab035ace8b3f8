import Table from 'cli-table3';
import type { Style } from './style.ts';

/** One column of a table: its title, what it shows of a row, and on which side it lines up. */
export interface Column<Row> {
  readonly title: string;
  readonly align?: 'left' | 'right';
  cell(row: Row): string;
}

/** Only a line under the titles; space does the rest. */
const BORDERS = {
  top: '',
  'top-mid': '',
  'top-left': '',
  'top-right': '',
  bottom: '',
  'bottom-mid': '',
  'bottom-left': '',
  'bottom-right': '',
  left: '  ',
  'left-mid': '  ',
  mid: '─',
  'mid-mid': '──',
  right: '',
  'right-mid': '',
  middle: '  ',
} as const;

/** Rows under titles, numbers to the right. */
export function table<Row>(
  columns: readonly Column<Row>[],
  rows: readonly Row[],
  style: Style,
): string[] {
  const drawn = new Table({
    head: columns.map(({ title }) => title),
    colAligns: columns.map(({ align }) => align ?? 'left'),
    chars: BORDERS,
    style: { 'padding-left': 0, 'padding-right': 0, head: [], border: [], compact: true },
  });
  for (const row of rows) drawn.push(columns.map((column) => column.cell(row)));
  const [titles = '', line = '', ...body] = drawn.toString().split('\n');
  return [style.dim(titles), style.dim(line), ...body].map((text) => text.trimEnd());
}
