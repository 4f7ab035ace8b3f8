import { applyEdits, type TextEdit } from '../config/edit/index.ts';
import { layoutOf } from '../config/edit/layout.ts';
import { lineStart } from '../config/edit/lines.ts';
import { isSameData } from '../config/edit/plain.ts';
import { RESILIENCE } from '../config/index.ts';
import { guardText } from '../config/syntax/guard.ts';
import { toPlainValue } from '../config/syntax/node.ts';
import { parseText } from '../config/syntax/parse.ts';

/**
 * The edit that puts the sections of a YAML config in the order of the format, each with the comments
 * above it. Sections that the format does not know stay behind the one that they followed.
 *
 * @returns nothing where they are in order, where the text is broken, or where it would then say
 * something else, as when an anchor would come behind its alias
 */
export function organiseEdit(text: string): TextEdit | undefined {
  const guarded = guardText(text);
  const before = parseText(text);
  if (guarded.kind === 'refused' || !before.root) return undefined;
  const { root } = layoutOf(guarded.tokens);
  if (root?.kind !== 'mapping' || root.style !== 'block') return undefined;
  const starts = root.parts.map(({ start }) => beginning(text, start));
  const order = Object.keys(RESILIENCE.root.properties ?? {});
  let rank = -1;
  const sections = root.parts.map(({ key }, index) => {
    const own = order.indexOf(key?.name ?? '');
    if (own >= 0) rank = own;
    return { rank, text: text.slice(starts[index], starts[index + 1] ?? text.length) };
  });
  const sorted = sections.toSorted((a, b) => a.rank - b.rank);
  if (sorted.every((section, index) => section === sections[index])) return undefined;
  const newline = /\r?\n/.exec(text)?.[0] ?? '\n';
  const isLast = (index: number) => index === sorted.length - 1;
  const joined = sorted
    .map((section, index) =>
      // The last line may have no end; the one that is last now keeps what was behind the last.
      isLast(index) || /\n$/.test(section.text) ? section.text : section.text + newline,
    )
    .join('');
  const edit = { start: starts[0] ?? 0, end: text.length, newText: joined };
  const after = parseText(applyEdits(text, [edit]));
  const isSame =
    after.root !== undefined &&
    after.problems.length === before.problems.length &&
    after.comments.length === before.comments.length &&
    isSameData(toPlainValue(after.root), toPlainValue(before.root));
  return isSame ? edit : undefined;
}

/** Where a section begins: with the comments on the lines right above it. */
function beginning(text: string, start: number): number {
  let first = lineStart(text, start);
  while (first > 0) {
    const above = lineStart(text, first - 1);
    if (!/^[ \t]*#/.test(text.slice(above, first))) break;
    first = above;
  }
  return first;
}
