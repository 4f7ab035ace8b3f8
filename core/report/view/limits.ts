import type { LimitKind, LimitResult } from '../report.ts';
import { countText, decimalText, UNKNOWN } from '../text.ts';
import { h, type ViewElement } from './node.ts';
import { placedName } from './place.ts';
import { blankSection, section } from './section.ts';
import type { ViewContext } from './surface.ts';
import { table } from './table.ts';

export const LIMIT_NOUNS: Readonly<Record<LimitKind, string>> = {
  'rate-limiter': 'rate limiter',
  'concurrency-limit': 'concurrency limit',
  'connection-pool': 'connection pool',
};

/** `50/s`, `7, lowest 3`, `10`: what a limit allows. */
export function limitText({ kind, limit, lowestLimit }: LimitResult): string {
  if (kind === 'rate-limiter') return `${decimalText(limit, 3)}/s`;
  return lowestLimit < limit
    ? `${countText(limit)}, lowest ${countText(lowestLimit)}`
    : countText(limit);
}

/** Every limit besides bulkheads: what it let through, and whom it turned away. */
export function limits(context: ViewContext): ViewElement {
  const { report } = context;
  const head = { id: 'limits', title: 'Limits and connections', classes: 'span-all' };
  if (report.limits.length === 0) {
    return blankSection(head, 'No rate limiter, concurrency limit or connection pool was used.');
  }
  return section(
    head,
    table<LimitResult>(
      'Limits and connections',
      [
        {
          title: 'Limit',
          kind: 'text',
          cell: ({ kind, name, place, usedBy }) => [
            placedName(context, name, place),
            h('span', { class: 'used-by' }, [LIMIT_NOUNS[kind], ...usedBy].join(', ')),
          ],
        },
        {
          title: 'Allows',
          kind: 'number',
          cell: (limit) => limitText(limit),
          value: ({ limit }) => limit,
        },
        {
          title: 'Peak',
          kind: 'number',
          cell: ({ peak }) => (peak === null ? UNKNOWN : countText(peak)),
          value: ({ peak }) => peak ?? 0,
        },
        numberColumn('Admitted', ({ admitted }) => admitted),
        numberColumn('Waited', ({ waited }) => waited),
        numberColumn('Rejected', ({ rejected }) => rejected),
      ],
      report.limits,
    ),
  );
}

function numberColumn(title: string, value: (limit: LimitResult) => number) {
  return {
    title,
    kind: 'number' as const,
    cell: (row: LimitResult) => countText(value(row)),
    value,
  };
}
