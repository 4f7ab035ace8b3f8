import { plural } from '../../../core/report/text.ts';
import { wrap } from '../text.ts';
import type { Section } from './section.ts';

/** As many as a reader will act on; the page has them all. */
const MOST = 5;

/** What to change, most useful first, each with the line to change. */
export const recommendations: Section = (report, { style, columns, alreadyShown }) => {
  const fresh = report.recommendations.filter(({ message }) => !alreadyShown.has(message));
  const shown = fresh.slice(0, MOST);
  const hidden = fresh.length - shown.length;
  const items = shown.flatMap(({ message, place }, index) => {
    const where = place ? `${place.file}:${place.start.line + 1}` : '';
    const lines = wrap(`${message} ${where}`.trimEnd(), columns - 5);
    return lines.map((line, row) => {
      const text = where === '' ? line : line.replace(where, style.cyan(where));
      return `  ${row === 0 ? `${index + 1}.` : '  '} ${text}`;
    });
  });
  const rest = [
    ...(hidden > 0 ? [`And ${plural(hidden, 'more', 'more')}.`] : []),
    ...(alreadyShown.size > 0
      ? [`${shown.length > 0 ? 'And w' : 'W'}hat was found in the file, above.`]
      : []),
  ];
  if (shown.length + rest.length === 0) return [];
  const notes = rest.map((note) => style.dim(`  ${note}`));
  return [style.bold('What to change'), ...items, ...notes];
};
