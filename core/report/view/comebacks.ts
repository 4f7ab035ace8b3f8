import type { ComebackResult, ComebackVerdict } from '../report.ts';
import {
  countText,
  durationEstimate,
  percentEstimate,
  percentText,
  plural,
  quantityText,
  UNKNOWN,
} from '../text.ts';
import { icon } from './chart/icon.ts';
import { h, type ViewElement } from './node.ts';
import { placedName } from './place.ts';
import { blankSection, section } from './section.ts';
import type { ViewContext } from './surface.ts';
import { table } from './table.ts';

export const COMEBACK_WORDS: Readonly<Record<ComebackVerdict, string>> = {
  recovers: 'Recovers',
  'recovers-slowly': 'Recovers slowly',
  stuck: 'Stuck',
  unclear: 'Cannot tell',
};
/** How it is marked and coloured: as a promise would be. */
export const COMEBACK_STATUS = {
  recovers: 'met',
  'recovers-slowly': 'unclear',
  unclear: 'unclear',
  stuck: 'missed',
} as const satisfies Record<ComebackVerdict, string>;

/** `in 13 of 20 runs (43% to 82%)`, of how many with 95 % confidence; empty where all are well. */
export function runsText({ runs, stuckRatio, status }: ComebackResult): string {
  const all = Object.values(runs).reduce((sum, count) => sum + count, 0);
  if (all === 1 || (runs[status] === all && status !== 'stuck')) return '';
  const share = `in ${countText(runs[status])} of ${plural(all, 'run')}`;
  if (status !== 'stuck') return share;
  const [lower, upper] = [stuckRatio.lower, stuckRatio.upper].map((ratio) => percentText(ratio, 0));
  return `${share} (${lower} to ${upper})`;
}

/** `1.2s ± 310ms`: how long after the end of the disturbance. */
export function backText({ backMs }: ComebackResult): string {
  if (backMs === null) return UNKNOWN;
  return backMs.mean === 0 ? 'at once' : quantityText(durationEstimate(backMs));
}

/** Goodput long after the disturbance; a dash where it was not seen. */
export function goodputText({ goodputRatio, runs, status }: ComebackResult): string {
  const all = Object.values(runs).reduce((sum, count) => sum + count, 0);
  const isUnseen = status === 'unclear' && runs.unclear === all && goodputRatio.mean === 0;
  return isUnseen ? UNKNOWN : quantityText(percentEstimate(goodputRatio));
}

/** Whether each service came back when nothing was wrong any more. */
export function comebacks(context: ViewContext): ViewElement {
  const { report } = context;
  const head = { id: 'comebacks', title: 'Does it come back?', classes: 'span-all' };
  if (report.comebacks.length === 0) {
    return blankSection(head, 'Nothing disturbed a service that has traffic of its own.');
  }
  return section(
    {
      ...head,
      note: 'Requests answered in full, against the time before the first fault',
    },
    table<ComebackResult>(
      'Recovery of each service after each disturbance',
      [
        {
          title: 'After',
          kind: 'text',
          cell: ({ after, place }) => placedName(context, after, place),
        },
        { title: 'Service', kind: 'text', cell: ({ service }) => service },
        { title: 'Result', kind: 'text', cell: verdictWord },
        {
          title: 'Back after',
          kind: 'number',
          cell: backText,
          value: ({ backMs }) => backMs?.mean ?? Number.MAX_VALUE,
        },
        {
          title: 'Goodput at last',
          kind: 'number',
          cell: goodputText,
          value: ({ goodputRatio }) => goodputRatio.mean,
        },
      ],
      report.comebacks,
    ),
    h('p', { class: 'note' }, NOTE),
  );
}

/** What the words mean, for whoever wants to know. */
const NOTE =
  'Recovers: as before within the time that the disturbance lasted, at least ten seconds. Stuck: nothing is wrong any more, but goodput is down and does not rise.';

function verdictWord(result: ComebackResult): ViewElement {
  const mark = COMEBACK_STATUS[result.status];
  const details = [runsText(result), result.unclear ?? ''].filter((text) => text !== '');
  return h(
    'span',
    { class: `status ${mark}` },
    icon(mark),
    [COMEBACK_WORDS[result.status], ...details].join(' · '),
  );
}
