/** Where the line begins that holds an offset. */
export function lineStart(text: string, offset: number): number {
  return text.lastIndexOf('\n', offset - 1) + 1;
}

/** Where the line that holds an offset ends, before its line end. */
export function lineEnd(text: string, offset: number): number {
  const newline = text.indexOf('\n', offset);
  if (newline < 0) return text.length;
  return newline > offset && text[newline - 1] === '\r' ? newline - 1 : newline;
}

/** Where the next line begins; the end of the text on its last line. */
export function nextLine(text: string, offset: number): number {
  const newline = text.indexOf('\n', offset);
  return newline < 0 ? text.length : newline + 1;
}

/** Whether nothing but blanks stands before an offset on its line. */
export function beginsLine(text: string, offset: number): boolean {
  return /^[ \t\uFEFF]*$/.test(text.slice(lineStart(text, offset), offset));
}

/** Whether nothing but blanks and a comment follows an offset on its line. */
export function endsLine(text: string, offset: number): boolean {
  return /^[ \t]*(?:[ \t]#.*)?$/.test(text.slice(offset, lineEnd(text, offset)));
}

/** What a line must begin with so that its text stands in the same column as an offset. */
export function indentAt(text: string, offset: number): string {
  const before = text.slice(lineStart(text, offset), offset).replace('\uFEFF', '');
  return /^[ \t]*$/.test(before) ? before : ' '.repeat(before.length);
}

/** The blanks that the line with an offset begins with. */
export function lineIndent(text: string, offset: number): string {
  const start = lineStart(text, offset);
  return /^[ \t]*/.exec(text.slice(start, offset))?.[0] ?? '';
}

/**
 * Where a part ends that is written by indentation: on its last line, or on that of a comment under
 * it that stands deeper than the part and so belongs to it.
 */
export function partEnd(text: string, { start, end }: { start: number; end: number }): number {
  const column = indentAt(text, start).length;
  let last = end;
  for (let next = nextLine(text, end); next < text.length; next = nextLine(text, next)) {
    const comment = /^([ \t]*)#/.exec(text.slice(next, lineEnd(text, next)));
    if ((comment?.[1]?.length ?? 0) <= column) break;
    last = lineEnd(text, next);
  }
  return last;
}

/**
 * The lines from one offset to another as a stretch to delete. Where the last line has no line end,
 * the one before the first goes instead, so that the text still ends without.
 */
export function wholeLines(
  text: string,
  start: number,
  end: number,
): { readonly start: number; readonly end: number } {
  const first = lineStart(text, start);
  const after = nextLine(text, end);
  if (after > lineEnd(text, end) || first === 0) return { start: first, end: after };
  return { start: lineEnd(text, first - (text[first - 2] === '\r' ? 2 : 1)), end: after };
}
