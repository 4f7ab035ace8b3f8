import type { TextRange } from './node.ts';

/** A range that an edit before it may move. */
interface MovableRange {
  start: number;
  end: number;
}

/**
 * Every range in a value made of plain objects, lists and maps, each once: whatever has a `start` and
 * an `end` that are numbers.
 *
 * @param into those that are known already, to which the others are added.
 */
export function collectRanges(value: unknown, into: Set<TextRange>): void {
  if (typeof value !== 'object' || value === null || into.has(value as TextRange)) return;
  if (Array.isArray(value)) {
    for (const item of value) collectRanges(item, into);
    return;
  }
  if (isRange(value)) into.add(value);
  else for (const one of Object.values(value)) collectRanges(one, into);
}

/** Moves ranges in place: they are the same places of a text in which something changed before them. */
export function moveRanges(ranges: Iterable<TextRange>, by: number): void {
  for (const range of ranges as Iterable<MovableRange>) {
    range.start += by;
    range.end += by;
  }
}

function isRange(value: object): value is TextRange {
  const { start, end } = value as Partial<TextRange>;
  return typeof start === 'number' && typeof end === 'number';
}
