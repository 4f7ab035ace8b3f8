import { durationText, plural } from '../text.ts';
import { h, type ViewElement } from './node.ts';
import { placeReference } from './place.ts';
import { blankSection, section } from './section.ts';
import type { ViewContext } from './surface.ts';

/** What the run took for granted because the file does not say. */
export function assumptions({ report, surface }: ViewContext): ViewElement {
  const head = { id: 'assumptions', title: 'Assumptions', classes: 'span-half' };
  if (report.assumptions.length === 0) {
    return blankSection(head, 'None: the file says everything that the run needed.');
  }
  return section(
    { ...head, note: 'Taken for granted because the file does not say.' },
    h(
      'ul',
      { class: 'plain-list' },
      report.assumptions.map(({ text, place }) =>
        h('li', {}, text, ' ', placeReference(surface, text, place)),
      ),
    ),
  );
}

/** How to get the same numbers again, and how far to trust them. */
export function method({ report }: ViewContext): ViewElement {
  const { replications, seed, durationMs, years } = report;
  const spread =
    replications > 1
      ? `What clients saw is a mean over ${plural(replications, 'replication')} with a 95% confidence interval (Student's t): repeated runs with other seeds would put the true mean inside it 19 times out of 20.`
      : 'With a single replication there are no confidence intervals: one run says nothing about its own spread.';
  return section(
    { id: 'method', title: 'How these numbers were made', classes: 'span-half' },
    h(
      'ul',
      { class: 'plain-list' },
      h(
        'li',
        {},
        `${plural(replications, 'replication')} of ${durationText(durationMs)}, seed ${seed}. The same file and seed give the same report, byte for byte.`,
      ),
      h('li', {}, spread),
      years
        ? h(
            'li',
            {},
            `Availability over years is of a scale of its own: ${plural(years.years, 'year')} of failures and repairs, without traffic and without the scenario. Everything else here comes from the ${durationText(durationMs)} with traffic.`,
          )
        : undefined,
      h(
        'li',
        {},
        'Timeline, tables, score and failure patterns show the first replication, so that every event in them can be followed.',
      ),
      h(
        'li',
        {},
        'Percentages are cut, never rounded up: only a run without any failure shows 100%.',
      ),
      h('li', {}, 'MTBF is ∞ when fewer than two failures leave nothing to measure between.'),
    ),
  );
}
