import { type Child, h, type ViewElement } from './node.ts';

export interface SectionHead {
  /** In-page anchor, also what ties the heading to the section for screen readers. */
  readonly id: string;
  readonly title: string;
  /** One line on where the numbers come from. */
  readonly note?: string;
  /** More classes for the card. */
  readonly classes?: string;
}

/** A card of the report with its heading. */
export function section(
  { id, title, note, classes }: SectionHead,
  ...children: readonly Child[]
): ViewElement {
  return h(
    'section',
    { id, class: classes ? `card ${classes}` : 'card', 'aria-labelledby': `${id}-title` },
    h(
      'div',
      { class: 'card-head' },
      h('h2', { id: `${id}-title` }, title),
      note === undefined ? undefined : h('p', { class: 'note' }, note),
    ),
    children,
  );
}

/** A section with nothing to show says so in words, in less room. */
export function blankSection(head: SectionHead, text: string): ViewElement {
  return section({ ...head, classes: `${head.classes ?? ''} blank` }, empty(text));
}

/** What a part says when there is nothing to show. */
export function empty(text: string): ViewElement {
  return h('p', { class: 'empty' }, text);
}
