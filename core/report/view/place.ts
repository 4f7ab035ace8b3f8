import type { Place } from '../report.ts';
import { h, type ViewElement } from './node.ts';
import type { Surface } from './surface.ts';

/** The name of a thing, leading to the line that defines it. */
export function placedName(surface: Surface, name: string, place: Place): ViewElement {
  if (surface === 'panel') return button(name, name, place);
  return h(
    'span',
    { class: 'named' },
    h('span', { class: 'name' }, name),
    ' ',
    h('span', { class: 'where' }, whereText(place)),
  );
}

/** `shop.resilience.yaml:14`, for a sentence `about` what is there. */
export function placeReference(surface: Surface, about: string, place: Place): ViewElement {
  const where = whereText(place);
  return surface === 'panel'
    ? button(where, about, place, 'place where')
    : h('span', { class: 'where' }, where);
}

/** The file's own name and the line as people count it. */
export function whereText({ file, start }: Place): string {
  return `${baseName(file)}:${start.line + 1}`;
}

/** The last part of a path or URI. */
export function baseName(file: string): string {
  return file.split(/[/\\]/).findLast((part) => part !== '') ?? file;
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
