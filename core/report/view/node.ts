/**
 * The report page as a tree of plain values. What a tree can hold is closed: no event handlers, no
 * inline styles, no links out of the page, no raw markup. So a hostile name in a config can only
 * ever become text, whoever draws the tree.
 */
export const HTML_TAGS = [
  'a',
  'button',
  'caption',
  'code',
  'dd',
  'details',
  'div',
  'dl',
  'dt',
  'h1',
  'h2',
  'h3',
  'header',
  'label',
  'li',
  'main',
  'nav',
  'ol',
  'option',
  'p',
  'progress',
  'section',
  'select',
  'span',
  'summary',
  'table',
  'tbody',
  'td',
  'th',
  'thead',
  'tr',
  'ul',
] as const;

export const SVG_TAGS = ['svg', 'g', 'path', 'rect', 'line', 'circle', 'text', 'title'] as const;

export type Tag = (typeof HTML_TAGS)[number] | (typeof SVG_TAGS)[number];

export const ATTRIBUTES = [
  'class',
  'id',
  // What assistive technology hears.
  'role',
  'aria-hidden',
  'aria-label',
  'aria-labelledby',
  // Controls and tables.
  'type',
  'for',
  'value',
  'max',
  'selected',
  'open',
  'scope',
  'tabindex',
  // What the page's script reads.
  'data-action',
  'data-sort',
  'data-value',
  'data-file',
  'data-line',
  'data-character',
  'data-end-line',
  'data-end-character',
  // Geometry of drawings.
  'viewBox',
  'preserveAspectRatio',
  'width',
  'height',
  'x',
  'y',
  'x1',
  'x2',
  'y1',
  'y2',
  'cx',
  'cy',
  'r',
  'rx',
  'd',
  'text-anchor',
] as const;

export type AttributeName = (typeof ATTRIBUTES)[number] | 'href';
export type AttributeValue = string | number | true;

export type Attributes = {
  readonly [name in (typeof ATTRIBUTES)[number]]?: AttributeValue | undefined;
} & {
  /** In-page only: a report never leads out. */
  readonly href?: `#${string}` | undefined;
};

export interface ViewElement {
  readonly tag: Tag;
  readonly attributes: Attributes;
  readonly children: readonly ViewNode[];
}

/** A string is always text, never markup. */
export type ViewNode = string | ViewElement;

/** What may stand between tags: `undefined` draws nothing, which keeps conditions short. */
export type Child = ViewNode | undefined | readonly Child[];

/** Makes an element. */
export function h(
  tag: Tag,
  attributes: Attributes = {},
  ...children: readonly Child[]
): ViewElement {
  return { tag, attributes, children: flatten(children) };
}

function flatten(children: readonly Child[]): ViewNode[] {
  return children.flatMap((child) => {
    if (child === undefined) return [];
    return isList(child) ? flatten(child) : [child];
  });
}

function isList(child: ViewNode | readonly Child[]): child is readonly Child[] {
  return Array.isArray(child);
}

/** The attributes of an element that are set, as text. */
export function attributeTexts({ attributes }: ViewElement): [name: string, text: string][] {
  return Object.entries(attributes).flatMap(([name, value]): [string, string][] =>
    value === undefined ? [] : [[name, attributeText(value)]],
  );
}

function attributeText(value: AttributeValue): string {
  if (value === true) return '';
  if (typeof value === 'string') return value;
  // A drawing with one corner at 0 beats one that the browser refuses.
  return Number.isFinite(value) ? String(Math.round(value * 1_000) / 1_000) : '0';
}
