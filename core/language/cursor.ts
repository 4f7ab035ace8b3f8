import type { LineIndex, TextRange } from '../config/index.ts';
import { type BlockLine, commentColumn, lineText, readBlockLine, unquoted } from './block-lines.ts';
import { type FlowFrame, scanFlow } from './flow-scan.ts';

/** Where a cursor stands in a config. */
export interface Cursor {
  /** Keys from the root to what the cursor is in: a collection, or with `value` a value. Items of lists are `0`. */
  readonly path: readonly string[];
  /**
   * `key`: a key of a mapping, or an item of a list that has no dash yet, is to be written here.
   * `item`: an item of a list. `value`: the value behind a key.
   */
  readonly place: 'key' | 'item' | 'value';
  /** The word at the cursor, without its quotes; it is what a proposal replaces. */
  readonly range: TextRange;
  readonly isQuoted: boolean;
  /** Whether the word is followed by a colon already. */
  readonly hasColon: boolean;
  /** Keys that the mapping has besides. */
  readonly present: ReadonlySet<string>;
  readonly isFlow: boolean;
  /** Column in which the word should stand where it begins its line; that of its line in brackets. */
  readonly indent: number;
  /** Blanks at the beginning of the line that should be others; absent where they are right. */
  readonly wrongIndent?: TextRange;
}

/** One step from the root to the cursor, with where it is written. */
interface Step {
  readonly name: string;
  readonly kind: 'dash' | 'key';
  readonly line: number;
  readonly column: number;
}

interface Text {
  readonly text: string;
  readonly lines: LineIndex;
}

/** How much deeper a level stands where the file does not show it. */
const USUAL_INDENT = 2;

/**
 * Tells where a cursor stands from the lines around it, not from the syntax tree, so that it works
 * while a line is half typed: a missing colon, a wrong indentation, a bracket that is not closed.
 *
 * @returns `undefined` in comments, and where nothing can be written
 */
export function cursorAt({ text, lines }: Text, offset: number): Cursor | undefined {
  const { character: column, line } = lines.positionAt(offset);
  const start = lines.lineStart(line);
  const here = lineText(text, lines, line);
  const comment = commentColumn(here);
  if (comment < here.length && column > comment) return undefined;
  const own = readBlockLine(here);
  const level = own ? own.indent : column;
  // In front of what the line says nothing can be written.
  if (own && column < own.indent) return undefined;
  const climb = climbFrom({ text, lines }, line, level, own?.starters[0]?.kind === 'dash');
  const flow = flowCursor({ text, lines }, offset, own, climb.steps, line);
  if (flow !== 'none') return flow;

  const ahead = own?.starters.filter((one) => one.column < column || own.starters[0] === one) ?? [];
  const steps = [...climb.steps];
  for (const starter of ahead) {
    if (starter.kind === 'dash') {
      if (column > starter.column)
        steps.push({ name: '0', kind: 'dash', line, column: starter.column });
      continue;
    }
    if (starter.hasColon && column > starter.end) {
      const path = [...steps.map(({ name }) => name), starter.key];
      return valueCursor(path, here, start, own as BlockLine, column);
    }
  }
  const last = own?.starters.at(-1);
  const word = last?.kind === 'key' && column >= last.column ? last : undefined;
  const isItem = steps.at(-1)?.line === line;
  // A value of several words in a list, or behind nothing.
  if (own && !word && own.value !== '') {
    if (!isItem) return undefined;
    return valueCursor(
      steps.map(({ name }) => name),
      here,
      start,
      own,
      column,
      'item',
    );
  }
  const indent = isItem
    ? (word?.column ?? column)
    : expectedIndent({ text, lines }, steps, line, climb.level);
  const range = word
    ? { start: start + word.column, end: start + word.end }
    : { start: offset, end: offset };
  const isQuoted = word !== undefined && /["']/.test(here[word.column] ?? '');
  return {
    path: steps.map(({ name }) => name),
    place: isItem && !word?.hasColon ? 'item' : 'key',
    range: isQuoted ? { start: range.start + 1, end: range.end - 1 } : range,
    isQuoted,
    hasColon: word?.hasColon ?? false,
    present: keysBeside({ text, lines }, steps, indent, line),
    isFlow: false,
    indent,
    ...(!isItem && indent !== level && { wrongIndent: { start, end: start + level } }),
  };
}

/** What stands behind a key or a dash on its line. */
function valueCursor(
  path: readonly string[],
  here: string,
  start: number,
  { indent, rest }: BlockLine,
  column: number,
  place: 'value' | 'item' = 'value',
): Cursor {
  const end = here.slice(0, commentColumn(here)).trimEnd().length;
  const isBefore = column < rest;
  const from = isBefore || rest > end ? column : rest;
  const to = isBefore ? column : Math.max(column, end, from);
  const quote = here[from];
  const isQuoted = !isBefore && (quote === '"' || quote === "'") && column > from;
  const isClosed = isQuoted && to > from + 1 && here[to - 1] === quote;
  return {
    path,
    place,
    range: { start: start + from + (isQuoted ? 1 : 0), end: start + to - (isClosed ? 1 : 0) },
    isQuoted,
    hasColon: false,
    present: new Set(),
    isFlow: false,
    indent,
  };
}

/** The place in brackets, if the cursor is in some; `undefined` behind brackets that are closed. */
function flowCursor(
  { text, lines }: Text,
  offset: number,
  own: BlockLine | undefined,
  steps: readonly Step[],
  line: number,
): Cursor | undefined | 'none' {
  const candidates = steps.map((step, index) => ({ line: step.line, index: index + 1 }));
  for (const { index, line: from } of [...candidates, { line, index: steps.length }]) {
    const isOwn = from === line;
    const written = isOwn ? own : readBlockLine(lineText(text, lines, from));
    if (!written || !/^[[{]/.test(written.value)) continue;
    const lineStart = lines.lineStart(from);
    const bracket = text.indexOf(written.value[0] as string, lineStart + written.rest);
    if (offset <= bracket) continue;
    const place = scanFlow(text, bracket, offset);
    if (!place) {
      if (isOwn) return undefined;
      continue;
    }
    // Of the steps on the line itself only those in front of the bracket count.
    const outer = isOwn
      ? [...steps.map(({ name }) => name), ...namesOn(written)]
      : steps.slice(0, index).map(({ name }) => name);
    return inBrackets(text, place, outer, written.indent);
  }
  return 'none';
}

function inBrackets(
  text: string,
  { frames, hasColon, word }: NonNullable<ReturnType<typeof scanFlow>>,
  outer: readonly string[],
  indent: number,
): Cursor {
  const innermost = frames.at(-1) as FlowFrame;
  const inside = frames.map((frame) => (frame.kind === 'sequence' ? '0' : frame.key));
  const path = [...outer, ...inside.filter((name) => name !== undefined)];
  const quote = text[word.start];
  const isQuoted = word.end > word.start && (quote === '"' || quote === "'");
  const isClosed = isQuoted && word.end > word.start + 1 && text[word.end - 1] === quote;
  return {
    path,
    place: innermost.kind === 'sequence' ? 'item' : innermost.key === undefined ? 'key' : 'value',
    range: isQuoted
      ? { start: word.start + 1, end: word.end - (isClosed ? 1 : 0) }
      : { start: word.start, end: word.end },
    isQuoted,
    hasColon,
    present: new Set(
      innermost.keys.filter((key) => key !== unquoted(text.slice(word.start, word.end))),
    ),
    isFlow: true,
    indent,
  };
}

function namesOn({ starters }: BlockLine): string[] {
  return starters.map((one) => (one.kind === 'dash' ? '0' : one.key));
}

/** The keys and dashes that a line at this column belongs to, and the column of its siblings. */
function climbFrom(
  { text, lines }: Text,
  line: number,
  column: number,
  beginsWithDash: boolean,
): { readonly steps: readonly Step[]; readonly level: number } {
  const steps: Step[] = [];
  let level = column;
  let sibling = column;
  let isDash = beginsWithDash;
  for (let above = line - 1; above >= 0 && (level > 0 || isDash); above--) {
    const read = readIfOutside(text, lines, above, level, isDash);
    if (!read) continue;
    for (const starter of read.starters.toReversed()) {
      const isKey = starter.kind === 'key';
      const holds = starter.column < level || (isDash && isKey && starter.column === level);
      if (!holds) continue;
      if (isKey && steps.length === 0 && isScalarText(read.value)) {
        // Nothing can stand under a key that has its value: the line is indented too far.
        level = starter.column;
        sibling = level;
        isDash = false;
        continue;
      }
      const name = isKey ? starter.key : '0';
      steps.unshift({ name, kind: starter.kind, line: above, column: starter.column });
      level = starter.column;
      isDash = !isKey;
    }
  }
  return { steps, level: sibling };
}

/** Most lines above belong to siblings; they are passed over at a glance. */
function readIfOutside(
  text: string,
  lines: LineIndex,
  line: number,
  level: number,
  isDash: boolean,
): BlockLine | undefined {
  const start = lines.lineStart(line);
  const most = start + level + (isDash ? 1 : 0);
  let first = start;
  while (first < most && (text[first] === ' ' || text[first] === '\t')) first++;
  return first < most ? readBlockLine(lineText(text, lines, line)) : undefined;
}

function isScalarText(value: string): boolean {
  return value !== '' && !/^[[{|>]/.test(value);
}

/** The column in which what is under the last step stands, or should. */
function expectedIndent(source: Text, steps: readonly Step[], line: number, typed: number): number {
  const owner = steps.at(-1);
  if (owner?.kind === 'dash') {
    const beside = readBlockLine(lineText(source.text, source.lines, owner.line));
    const key = beside?.starters.find(
      ({ column, kind }) => kind === 'key' && column > owner.column,
    );
    if (key) return key.column;
  }
  for (const { indent, number } of linesUnder(source, owner)) {
    if (number !== line) return indent;
  }
  if (!owner) return 0;
  return typed > owner.column ? typed : owner.column + USUAL_INDENT;
}

/** The keys of the mapping under the last step, without the one on the line itself. */
function keysBeside(
  source: Text,
  steps: readonly Step[],
  column: number,
  line: number,
): ReadonlySet<string> {
  const owner = steps.at(-1);
  const keys = new Set<string>();
  const note = (read: BlockLine | undefined): void => {
    const key = read?.starters.find((one) => one.column === column);
    if (key?.kind === 'key' && key.hasColon) keys.add(key.key);
  };
  if (owner?.kind === 'dash' && owner.line !== line) {
    note(readBlockLine(lineText(source.text, source.lines, owner.line)));
  }
  for (const { indent, number } of linesUnder(source, owner)) {
    if (number === line || indent !== column) continue;
    note(readBlockLine(lineText(source.text, source.lines, number)));
  }
  return keys;
}

/** The lines under a key or behind a dash that say something, with their indentation. */
function* linesUnder(
  { text, lines }: Text,
  owner: Step | undefined,
): Generator<{ readonly number: number; readonly indent: number }> {
  const outside = owner?.column ?? -1;
  for (let number = (owner?.line ?? -1) + 1; number < lines.lineCount; number++) {
    const start = lines.lineStart(number);
    let first = start;
    while (text[first] === ' ' || text[first] === '\t') first++;
    const char = text[first];
    if (char === undefined || char === '\n' || char === '\r' || char === '#') continue;
    const indent = first - start;
    // A list may stand in the column of its key.
    const isOwnDash = owner?.kind === 'key' && char === '-' && indent === outside;
    if (indent <= outside && !isOwnDash) return;
    yield { number, indent };
  }
}
