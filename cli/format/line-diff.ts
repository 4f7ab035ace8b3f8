import { applyEdits, type TextEdit } from '../../core/index.ts';

/** A line of a text before and after edits, or only in one of them. */
export interface DiffLine {
  readonly kind: 'removed' | 'added';
  readonly text: string;
}

/** The lines that edits change, without those around them. @param edits sorted by place */
export function changedLines(text: string, edits: readonly TextEdit[]): readonly DiffLine[] {
  const stretches: { start: number; end: number; edits: TextEdit[] }[] = [];
  for (const edit of edits) {
    const start = text.lastIndexOf('\n', edit.start - 1) + 1;
    const next = text.indexOf('\n', edit.end);
    const end = next === -1 ? text.length : next;
    const last = stretches.at(-1);
    if (last && start <= last.end) {
      last.end = Math.max(last.end, end);
      last.edits.push(edit);
    } else stretches.push({ start, end, edits: [edit] });
  }
  return stretches.flatMap(({ edits: inside, end, start }) => {
    const before = text.slice(start, end);
    const moved = inside.map((edit) => ({
      ...edit,
      start: edit.start - start,
      end: edit.end - start,
    }));
    return difference(lines(before), lines(applyEdits(before, moved)));
  });
}

/** Leaves out what is the same at both ends. */
function difference(before: readonly string[], after: readonly string[]): DiffLine[] {
  let first = 0;
  while (first < before.length && before[first] === after[first]) first += 1;
  let same = 0;
  const most = Math.min(before.length, after.length) - first;
  while (same < most && before.at(-1 - same) === after.at(-1 - same)) same += 1;
  return [
    ...before
      .slice(first, before.length - same)
      .map((text) => ({ kind: 'removed', text }) as const),
    ...after.slice(first, after.length - same).map((text) => ({ kind: 'added', text }) as const),
  ];
}

function lines(text: string): string[] {
  return text.split(/\r?\n/);
}
