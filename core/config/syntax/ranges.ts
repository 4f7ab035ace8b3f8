import type { TextRange } from './node.ts';

/** A range that an edit before it may move. */
interface MovableRange {
  start: number;
  end: number;
}

/**
 * Every range in a value made of plain objects and lists, each once: whatever has a `start` and an
 * `end` that are numbers.
 */
export function rangesIn(value: unknown): readonly TextRange[] {
  const ranges = new Set<TextRange>();
  collect(value, ranges);
  return [...ranges];
}

function collect(value: unknown, into: Set<TextRange>): void {
  if (typeof value !== 'object' || value === null) return;
  if (Array.isArray(value)) for (const item of value) collect(item, into);
  else if (isRange(value)) into.add(value);
  else for (const one of Object.values(value)) collect(one, into);
}

/** Moves ranges in place: they are the same places of a text in which something changed before them. */
export function moveRanges(ranges: readonly TextRange[], by: number): void {
  for (const range of ranges as readonly MovableRange[]) {
    range.start += by;
    range.end += by;
  }
}

function isRange(value: object): value is TextRange {
  const { start, end } = value as Partial<TextRange>;
  return typeof start === 'number' && typeof end === 'number';
}
