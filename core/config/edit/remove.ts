import type { TextEdit } from './edit.ts';
import type { Holder } from './find.ts';
import type { CollectionLayout, Part } from './layout.ts';
import { beginsLine, endsLine, lineEnd, nextLine, partEnd, wholeLines } from './lines.ts';

/** Removes a part with its line and the comment behind it; comments above it stay. */
export function removePart(text: string, { collection, part, place }: Holder): TextEdit[] {
  if (collection.style === 'flow') return removeFromBrackets(text, collection, part);
  if (collection.parts.length === 1) {
    const empty = collection.kind === 'mapping' ? '{}' : '[]';
    return replaceLines(text, collection, place.holder?.part, empty);
  }
  if (beginsLine(text, part.start))
    return [deletion(wholeLines(text, part.start, partEnd(text, part)))];
  // What follows on the next lines moves up, behind the dash.
  const next = nextLine(text, partEnd(text, part));
  const blanks = /^\s*/.exec(text.slice(next))?.[0].length ?? 0;
  return [deletion({ start: part.start, end: next + blanks })];
}

/**
 * Puts a value on the line of its key or dash, in place of one that is written by indentation.
 *
 * @param owner has the value; the root has none.
 */
export function replaceLines(
  text: string,
  { start, end }: CollectionLayout,
  owner: Part | undefined,
  newText: string,
): TextEdit[] {
  if (!owner || !beginsLine(text, start)) return [{ start, end, newText }];
  const head = { start: owner.head, end: owner.head, newText: ` ${newText}` };
  return [head, deletion(wholeLines(text, start, end))];
}

function removeFromBrackets(
  text: string,
  { parts, start, end }: CollectionLayout,
  part: Part,
): TextEdit[] {
  const index = parts.indexOf(part);
  const before = parts[index - 1];
  const after = parts[index + 1];
  const behind = part.comma === undefined ? part.end : part.comma + 1;
  if (parts.length === 1 && !text.slice(start, end).includes('#')) {
    return [deletion({ start: start + 1, end: end - 1 })];
  }
  if (beginsLine(text, part.start) && endsLine(text, behind) && lineEnd(text, behind) < end) {
    const lines = deletion(wholeLines(text, part.start, behind));
    // Without it the one before would end with a comma, which JSON does not allow.
    return part.comma === undefined ? [...commaOf(before), lines] : [lines];
  }
  if (after && !text.slice(behind, after.start).includes('\n')) {
    return [deletion({ start: part.start, end: after.start })];
  }
  if (before?.comma === undefined) return [deletion({ start: part.start, end: behind })];
  if (text.slice(before.comma, part.start).includes('\n')) {
    const own = deletion({ start: part.start, end: behind });
    return part.comma === undefined ? [...commaOf(before), own] : [own];
  }
  return [deletion({ start: before.comma, end: part.end })];
}

function commaOf(part: Part | undefined): TextEdit[] {
  const comma = part?.comma;
  return comma === undefined ? [] : [deletion({ start: comma, end: comma + 1 })];
}

function deletion({ start, end }: { readonly start: number; readonly end: number }): TextEdit {
  return { start, end, newText: '' };
}
