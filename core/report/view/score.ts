import { SCORE_POINTS } from '../../monitor/index.ts';
import { decimalText } from '../text.ts';
import { bar } from './chart/bar.ts';
import { h, type ViewElement } from './node.ts';
import { share } from './scale.ts';
import { empty, section } from './section.ts';
import type { ViewContext } from './surface.ts';

const PARTS = [
  { key: 'availability', label: 'Availability', why: 'time with every group at its minimum' },
  { key: 'recovery', label: 'Recovery', why: 'a short time to recovery' },
  { key: 'frequency', label: 'Frequency', why: 'long times between failures' },
  { key: 'diversity', label: 'Diversity', why: 'few components that fail' },
] as const;
const LARGEST_PART = Math.max(...Object.values(SCORE_POINTS));

/** The score out of 100 and its four parts, drawn so that a point is as long in every bar. */
export function score({ report }: ViewContext): ViewElement {
  const head = {
    id: 'score',
    title: 'Resilience score',
    classes: 'score',
    note: 'How components fail, not how requests fare.',
  };
  if (report.components.length === 0) {
    return section(head, empty('None: it rates how components fail, and the file names none.'));
  }
  const { score } = report.monitor.summary;
  return section(
    head,
    h(
      'p',
      { class: 'score-total' },
      h('span', { class: 'figure' }, decimalText(score.total)),
      h('span', { class: 'muted' }, ' of 100'),
    ),
    h(
      'ul',
      { class: 'score-parts' },
      PARTS.map(({ key, label, why }) => {
        const points = SCORE_POINTS[key];
        return h(
          'li',
          {},
          h('span', { class: 'part-label' }, label, h('span', { class: 'part-why' }, why)),
          h(
            'span',
            { class: 'part-points' },
            decimalText(score[key]),
            h('span', { class: 'muted' }, ` / ${points}`),
          ),
          bar({ ratio: share(score[key], points), length: points / LARGEST_PART }),
        );
      }),
    ),
  );
}
