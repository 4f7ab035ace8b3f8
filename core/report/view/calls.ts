import type { CallResult } from '../report.ts';
import { countText, factorEstimate, UNKNOWN } from '../text.ts';
import type { ViewElement } from './node.ts';
import { placedName } from './place.ts';
import { share } from './scale.ts';
import { blankSection, section } from './section.ts';
import type { ViewContext } from './surface.ts';
import { type Column, table } from './table.ts';

/** Numbers that matter only where some call has the policy. */
const OPTIONAL: readonly (readonly [title: string, value: (call: CallResult) => number])[] = [
  ['Retries', ({ retries }) => retries],
  ['Copies', ({ copies }) => copies],
  ['From the cache', ({ freshAnswers }) => freshAnswers],
  ['Stale', ({ staleAnswers }) => staleAnswers],
  ['By a fallback', ({ fallbackAnswers }) => fallbackAnswers],
];

/** Every call: how often it was made, and what the policies around it did. */
export function calls(context: ViewContext): ViewElement {
  const { report } = context;
  const head = { id: 'calls', title: 'Calls', classes: 'span-all' };
  if (report.calls.length === 0) return blankSection(head, 'No service calls another.');
  const optional = OPTIONAL.filter(([, value]) => report.calls.some((call) => value(call) > 0));
  return section(
    { ...head, note: 'First replication.' },
    table<CallResult>(
      'Calls',
      [
        {
          title: 'Call',
          kind: 'text',
          cell: ({ from, place, to }) => placedName(context, `${from} → ${to}`, place),
        },
        countColumn('Made', ({ made }) => made),
        { title: 'Tries per call', kind: 'number', cell: triesText, value: triesPerCall },
        ...optional.map(([title, value]) => countColumn(title, value)),
      ],
      report.calls,
    ),
  );
}

function countColumn(title: string, value: (call: CallResult) => number): Column<CallResult> {
  return { title, kind: 'number', cell: (call) => countText(value(call)), value };
}

export function triesText(call: CallResult): string {
  if (call.made === 0) return UNKNOWN;
  return factorEstimate({ mean: triesPerCall(call), halfWidth: null }).value;
}

function triesPerCall({ made, sent }: CallResult): number {
  return share(sent, made);
}
