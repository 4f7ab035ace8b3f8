import type { Place } from '../report.ts';
import { h, type ViewElement, type ViewNode } from './node.ts';
import type { Surface, ViewContext } from './surface.ts';

/**
 * The name of a thing, leading to the line that defines it. In a document it says the line; the
 * file too when it is not the one that the whole report is about.
 */
export function placedName(
  { surface, report }: ViewContext,
  name: string,
  place: Place,
): ViewElement {
  if (surface === 'panel') return button(name, name, place);
  const where = place.file === report.file ? `line ${place.start.line + 1}` : whereText(place);
  return h(
    'span',
    { class: 'named' },
    h('span', { class: 'name' }, name),
    ' ',
    h('span', { class: 'where' }, where),
  );
}

/** The same where there is no room for the line: a document shows the bare name. */
export function briefName({ surface }: ViewContext, name: string, place: Place): ViewNode {
  return surface === 'panel' ? button(name, name, place) : name;
}

/** `shop.resilience.yaml:14`, for a sentence `about` what is there. */
export function placeReference(surface: Surface, about: string, place: Place): ViewElement {
  const where = whereText(place);
  return surface === 'panel'
    ? button(where, about, place, 'place where')
    : h('span', { class: 'where' }, where);
}

/** The file's own name and the line as people count it. */
function whereText({ file, start }: Place): string {
  return `${baseName(file)}:${start.line + 1}`;
}

/** The last part of a path or URI, as people write it. */
export function baseName(file: string): string {
  const name = file.split(/[/\\]/).findLast((part) => part !== '') ?? file;
  return file.includes('://') ? decoded(name) : name;
}

function decoded(name: string): string {
  try {
    return decodeURIComponent(name);
  } catch {
    return name;
  }
}

function button(text: string, about: string, place: Place, classes = 'place'): ViewElement {
  return h(
    'button',
    {
      type: 'button',
      class: classes,
      'aria-label': `Go to line ${place.start.line + 1}: ${about}`,
      'data-file': place.file,
      'data-line': place.start.line,
      'data-character': place.start.character,
      'data-end-line': place.end.line,
      'data-end-character': place.end.character,
    },
    text,
  );
}
