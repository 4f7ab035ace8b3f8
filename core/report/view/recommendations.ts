import { plural } from '../text.ts';
import { h, type ViewElement } from './node.ts';
import { placeReference } from './place.ts';
import { blankSection, section } from './section.ts';
import type { ViewContext } from './surface.ts';

/** As many as a reader will act on today. */
const FIRST = 3;

/** What to change, most useful first. */
export function recommendations({ report, surface }: ViewContext): ViewElement {
  const head = { id: 'recommendations', title: 'What to change', classes: 'span-half' };
  if (report.recommendations.length === 0) {
    const isFine = report.objectives.every(({ status }) => status === 'met');
    return blankSection(
      head,
      isFine ? 'This run gives no reason to change anything.' : 'Nothing that one line would mend.',
    );
  }
  return section(
    head,
    firstOnes('recommendation', report.recommendations, ({ message, place }, index) =>
      h(
        'li',
        { class: 'recommendation' },
        h('span', { class: 'rank', 'aria-hidden': 'true' }, String(index + 1)),
        h(
          'div',
          {},
          h('p', {}, message),
          place === undefined
            ? undefined
            : h('p', { class: 'aside' }, placeReference(surface, message, place)),
        ),
      ),
    ),
  );
}

/**
 * A list that shows what matters first and folds the rest away.
 *
 * @param what one of them is called
 */
export function firstOnes<Item>(
  what: string,
  items: readonly Item[],
  draw: (item: Item, index: number) => ViewElement,
): ViewElement[] {
  const drawn = items.map(draw);
  const rest = drawn.slice(FIRST);
  return [
    h('ol', { class: 'advice' }, drawn.slice(0, FIRST)),
    ...(rest.length === 0
      ? []
      : [
          h(
            'details',
            { class: 'more' },
            h('summary', {}, plural(rest.length, `more ${what}`)),
            h('ol', { class: 'advice' }, rest),
          ),
        ]),
  ];
}
