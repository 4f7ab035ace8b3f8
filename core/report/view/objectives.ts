import type { ObjectiveResult } from '../report.ts';
import { violationText } from '../text.ts';
import { icon } from './chart/icon.ts';
import { h, type ViewElement } from './node.ts';
import { placedName } from './place.ts';
import { blankSection, section } from './section.ts';
import type { ViewContext } from './surface.ts';
import { table } from './table.ts';

type Status = ObjectiveResult['status'];

const WORDS: Readonly<Record<Status, string>> = {
  met: 'Met',
  missed: 'Missed',
  unclear: 'Unclear',
};
/** Worst first: one broken promise is what the reader must see. */
const BY_WEIGHT: readonly Status[] = ['missed', 'unclear', 'met'];

/** The promises of the file against what the run achieved. */
export function objectives(context: ViewContext): ViewElement {
  const { report } = context;
  const head = { id: 'objectives', title: 'Objectives', classes: 'span-wide' };
  if (report.objectives.length === 0) {
    return blankSection(
      head,
      'The file promises nothing. With an objective such as “availability: 99.9%” this report says whether the run kept it.',
    );
  }
  const unclear = report.objectives.some(({ status }) => status === 'unclear');
  return section(
    head,
    table<ObjectiveResult>(
      'Objectives and expectations',
      [
        {
          title: 'Promise',
          kind: 'text',
          cell: ({ name, place, origin }) => [
            placedName(context, name, place),
            origin === 'expectation' ? h('span', { class: 'tag' }, 'scenario') : undefined,
          ],
        },
        { title: 'Target', kind: 'number', cell: ({ target }) => target },
        {
          title: 'Achieved',
          kind: 'number',
          cell: ({ achieved, status, violation }) => [
            achieved,
            status === 'missed' && violation
              ? h('div', { class: 'muted' }, violationText(violation))
              : undefined,
          ],
        },
        {
          title: 'Result',
          kind: 'text',
          cell: ({ status }) => statusWord(status),
          value: ({ status }) => BY_WEIGHT.indexOf(status),
        },
      ],
      report.objectives,
    ),
    unclear
      ? h(
          'p',
          { class: 'note' },
          'Unclear: the 95% interval covers the target. More replications narrow it.',
        )
      : undefined,
  );
}

/** The result of all promises together; `undefined` without promises. */
export function standing(results: readonly ObjectiveResult[]): Status | undefined {
  return BY_WEIGHT.find((status) => results.some((result) => result.status === status));
}

function statusWord(status: Status): ViewElement {
  return h('span', { class: `status ${status}` }, icon(status), WORDS[status]);
}
