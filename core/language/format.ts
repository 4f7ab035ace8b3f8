import { applyEdits, type TextEdit } from '../config/edit/index.ts';
import {
  type CollectionLayout,
  type DocumentLayout,
  type Layout,
  layoutOf,
  type Part,
} from '../config/edit/layout.ts';
import { isSameData } from '../config/edit/plain.ts';
import { styleOf } from '../config/edit/style.ts';
import { LineIndex, type TextRange } from '../config/index.ts';
import { guardText } from '../config/syntax/guard.ts';
import { toPlainValue } from '../config/syntax/node.ts';
import { parseText } from '../config/syntax/parse.ts';

export interface FormatOptions {
  /** Columns of one level of indentation, from 1 on. */
  readonly indent: number;
  /** Only lines that this stretch touches are changed. */
  readonly range?: TextRange;
}

/**
 * The edits that bring a YAML config into shape: indentation, blanks around values and in brackets,
 * blank lines, ends of lines. Comments, quotes, order and line breaks stay as they are. What the text
 * says is the same afterwards, which is checked; formatting twice is formatting once.
 *
 * @returns none for a text with syntax errors, and where nothing is to be changed
 */
export function formatEdits(text: string, options: FormatOptions): readonly TextEdit[] {
  const before = parseText(text);
  const guarded = guardText(text);
  if (!before.root || guarded.kind === 'refused') return [];
  if (before.problems.some(({ kind }) => kind === 'yaml-syntax')) return [];
  const edits = new Formatter(text, layoutOf(guarded.tokens), options).edits();
  const after = parseText(applyEdits(text, edits));
  const isSame =
    after.root !== undefined &&
    after.problems.length === before.problems.length &&
    isSameData(toPlainValue(after.root), toPlainValue(before.root)) &&
    after.comments.length === before.comments.length;
  return isSame ? edits : [];
}

class Formatter {
  readonly #text: string;
  readonly #lines: LineIndex;
  readonly #layout: DocumentLayout;
  readonly #unit: number;
  /** How much deeper than its key a list stands. */
  readonly #dash: number;
  readonly #first: number;
  readonly #last: number;
  readonly #edits: TextEdit[] = [];
  /** The column that each line should begin in, where a key or a dash begins it. */
  readonly #columns = new Map<number, number>();
  /** Lines that a value goes on in: their beginning belongs to it. */
  readonly #continued = new Set<number>();
  /** Lines of block scalars, blank ones included: every character counts. */
  readonly #literal = new Set<number>();

  constructor(text: string, layout: DocumentLayout, { indent, range }: FormatOptions) {
    this.#text = text;
    this.#lines = new LineIndex(text);
    this.#layout = layout;
    this.#unit = Math.max(1, indent);
    this.#dash = styleOf(text, layout.root).dashIndent === '' ? 0 : this.#unit;
    this.#first = range ? this.#lineOf(range.start) : 0;
    this.#last = range ? this.#lineOf(range.end) : this.#lines.lineCount - 1;
  }

  edits(): readonly TextEdit[] {
    const { root } = this.#layout;
    if (root) this.#value(root, 0);
    this.#lineBeginnings();
    this.#lineEnds();
    this.#blankLines();
    return this.#edits
      .filter(({ end, newText, start }) => {
        const line = this.#lineOf(start);
        const isInRange = line >= this.#first && line <= this.#last;
        return isInRange && this.#text.slice(start, end) !== newText;
      })
      .toSorted((a, b) => a.start - b.start || a.end - b.end);
  }

  /** @param column that the parts of a block collection are to stand in. */
  #value(value: Layout, column: number): void {
    if (value.kind === 'scalar' || value.kind === 'alias') {
      this.#spans(value);
      if (value.kind === 'scalar' && value.quote === 'block') this.#literalLines(value);
    } else if (value.style === 'flow') {
      this.#spans(value);
      this.#brackets(value);
    } else for (const part of value.parts) this.#part(value, part, column);
  }

  #part({ kind }: CollectionLayout, part: Part, column: number): void {
    const { head, key, value } = part;
    const line = this.#lineOf(part.start);
    if (this.#beginsLine(part.start)) this.#columns.set(line, column);
    if (key) this.#tightenColon(key.end, head);
    if (!value) return;
    const isBeside = this.#lineOf(head) === this.#lineOf(value.start);
    if (isBeside) this.#gap(head, value.start, ' ');
    this.#value(value, this.#columnOf(kind, value, column, isBeside));
  }

  /** Where the parts of a block value stand. */
  #columnOf(
    holder: CollectionLayout['kind'],
    value: Layout,
    column: number,
    isBeside: boolean,
  ): number {
    if (holder === 'sequence') return column + (isBeside ? '- '.length : this.#unit);
    return column + (value.kind === 'sequence' ? this.#dash : this.#unit);
  }

  /** No blanks in front of the colon, and one in front of an anchor behind it. */
  #tightenColon(keyEnd: number, head: number): void {
    const [all = '', before = '', after = ''] =
      /^([ \t]*):([ \t]+(?=[&!]))?/.exec(this.#text.slice(keyEnd, head)) ?? [];
    const colon = keyEnd + before.length;
    if (before !== '') this.#edits.push({ start: keyEnd, end: colon, newText: '' });
    if (after !== '') this.#gap(colon + 1, keyEnd + all.length, ' ');
  }

  #brackets({ end, kind, parts, start }: CollectionLayout): void {
    const pad = kind === 'mapping' ? ' ' : '';
    const close = end - 1;
    let from = start + 1;
    if (parts.length === 0) this.#gap(from, close, '');
    for (const [index, part] of parts.entries()) {
      this.#gap(from, part.start, index === 0 ? pad : ' ');
      const { comma, head, key, value } = part;
      if (key) this.#tightenColon(key.end, head);
      if (key && value) this.#gap(head, value.start, ' ');
      if (value) this.#value(value, 0);
      if (comma === undefined) from = part.end;
      else {
        this.#gap(part.end, comma, '');
        from = comma + 1;
      }
    }
    if (parts.length > 0) this.#gap(from, close, pad);
  }

  /** Changes what is between two places of a line, if it is nothing but blanks. */
  #gap(start: number, end: number, wanted: string): void {
    const isBlank = /^[ \t]*$/.test(this.#text.slice(start, end));
    // Two quotes or brackets may touch; a value that touches its colon is not what it seems.
    if (isBlank && (start < end || wanted !== ''))
      this.#edits.push({ start, end, newText: wanted });
  }

  /** Notes the lines after the first that a value reaches over. */
  #spans({ end, start }: { readonly start: number; readonly end: number }): void {
    const last = this.#lineOf(end);
    for (let line = this.#lineOf(start) + 1; line <= last; line++) this.#continued.add(line);
  }

  /** Blank lines below may belong to the text too. */
  #literalLines({ end, start }: { readonly start: number; readonly end: number }): void {
    let last = this.#lineOf(end);
    while (last + 1 < this.#lines.lineCount && this.#content(last + 1) === '') last++;
    for (let line = this.#lineOf(start) + 1; line <= last; line++) this.#literal.add(line);
  }

  #lineBeginnings(): void {
    let shift = 0;
    for (let line = 0; line < this.#lines.lineCount; line++) {
      const content = this.#content(line);
      if (content === '') continue;
      const column = this.#indentOf(line);
      const wanted = this.#columns.get(line);
      if (wanted !== undefined) {
        shift = wanted - column;
        this.#indent(line, wanted);
      } else if (this.#continued.has(line)) this.#indent(line, Math.max(0, column + shift));
      else if (content.startsWith('#')) this.#indent(line, this.#commentColumn(line, column));
    }
  }

  /** A comment stands like the part below it, or above it, that it stood nearest to. */
  #commentColumn(line: number, column: number): number {
    const below = this.#nextPart(line, 1);
    let above = this.#nextPart(line, -1);
    while (above && above.column > column) above = this.#nextPart(above.line, -1);
    if (!below || below.column > column) return above?.wanted ?? below?.wanted ?? 0;
    return above && above.column > below.column ? above.wanted : below.wanted;
  }

  #nextPart(
    from: number,
    step: 1 | -1,
  ): { line: number; column: number; wanted: number } | undefined {
    for (let line = from + step; line >= 0 && line < this.#lines.lineCount; line += step) {
      const wanted = this.#columns.get(line);
      if (wanted !== undefined) return { line, column: this.#indentOf(line), wanted };
    }
    return undefined;
  }

  #indent(line: number, column: number): void {
    const start = this.#lines.lineStart(line);
    const end = start + this.#indentOf(line);
    this.#edits.push({ start, end, newText: ' '.repeat(column) });
  }

  #lineEnds(): void {
    for (let line = 0; line < this.#lines.lineCount; line++) {
      if (this.#literal.has(line) || this.#isInsideQuotes(line)) continue;
      const written = this.#written(line);
      const kept = written.trimEnd().length;
      const start = this.#lines.lineStart(line);
      // The blanks of a blank line go as a whole, with the line or without.
      if (kept < written.length && kept > 0) {
        this.#edits.push({ start: start + kept, end: start + written.length, newText: '' });
      }
    }
  }

  /** One blank line at most, none at the ends of the file, and a line end behind the last line. */
  #blankLines(): void {
    const { lineCount } = this.#lines;
    let run: number[] = [];
    for (let line = 0; line <= lineCount; line++) {
      const isBlank = line < lineCount && this.#content(line) === '';
      const isFree = !this.#literal.has(line) && !this.#continued.has(line);
      if (isBlank && isFree) {
        run.push(line);
        continue;
      }
      this.#shorten(run, line === lineCount);
      run = [];
    }
  }

  #shorten(run: readonly number[], isEnd: boolean): void {
    const [first] = run;
    if (first === undefined) {
      if (isEnd && !this.#literal.has(this.#lines.lineCount - 1)) this.#endLine();
      return;
    }
    const start = this.#lines.lineStart(first);
    const end = this.#lines.lineStart((run.at(-1) as number) + 1);
    const newline = /\r?\n/.exec(this.#text)?.[0] ?? '\n';
    const isNeeded = first > 0 && !isEnd;
    this.#edits.push({ start, end, newText: isNeeded ? newline : '' });
  }

  #endLine(): void {
    const { length } = this.#text;
    const kept = this.#text.trimEnd().length;
    const newline = /\r?\n/.exec(this.#text)?.[0] ?? '\n';
    this.#edits.push({ start: length, end: length, newText: kept > 0 ? newline : '' });
  }

  /** Whether a quoted text goes on behind the end of a line. */
  #isInsideQuotes(line: number): boolean {
    return this.#continued.has(line + 1) && !this.#literal.has(line + 1);
  }

  #beginsLine(offset: number): boolean {
    const line = this.#lineOf(offset);
    return this.#lines.lineStart(line) + this.#indentOf(line) === offset;
  }

  #indentOf(line: number): number {
    return /^[ \t]*/.exec(this.#written(line))?.[0].length ?? 0;
  }

  #content(line: number): string {
    return this.#written(line).trim();
  }

  /** A line without its line end. */
  #written(line: number): string {
    const start = this.#lines.lineStart(line);
    return this.#text.slice(start, this.#lines.lineStart(line + 1)).replace(/[\r\n]+$/, '');
  }

  #lineOf(offset: number): number {
    return this.#lines.positionAt(offset).line;
  }
}
