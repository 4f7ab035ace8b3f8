import type { LineIndex } from '../config/index.ts';

/** A line of YAML by indentation, read on its own: so it is understood in a file that is broken. */
export interface BlockLine {
  /** How far the line is indented. */
  readonly indent: number;
  /** The dashes and the key that it begins with, from left to right. */
  readonly starters: readonly Starter[];
  /** Column of what follows behind them; of the end of the line where nothing does. */
  readonly rest: number;
  /** What stands there, without comment, anchor and tag. */
  readonly value: string;
}

export type Starter =
  | { readonly kind: 'dash'; readonly column: number }
  | {
      readonly kind: 'key';
      readonly column: number;
      /** Column behind the key itself. */
      readonly end: number;
      readonly key: string;
      /** A single word without a colon may become a key. */
      readonly hasColon: boolean;
    };

const DASH = /-(?=[ \t]|$)[ \t]*/y;
const KEY =
  /("(?:[^"\\]|\\.)*"[ \t]*|'(?:[^']|'')*'[ \t]*|[^\s"'#[\]{},&*!|>%@`:](?:[^#:]|:(?![ \t]|$))*):(?=[ \t]|$)[ \t]*/y;
const WORD = /[\w.-]+(?=[ \t]*(?:[ \t]#.*)?$)/y;
const PROPERTIES = /^(?:[&!]\S*[ \t]*)+/;

/** The text of a line, without its line end. */
export function lineText(text: string, lines: LineIndex, line: number): string {
  return text.slice(lines.lineStart(line), lines.lineStart(line + 1)).replace(/[\r\n]+$/, '');
}

/** Nothing for a line that says nothing: blank, or a comment. */
export function readBlockLine(line: string): BlockLine | undefined {
  const indent = /^[ \t]*/.exec(line)?.[0].length ?? 0;
  if (indent === line.length || line[indent] === '#') return undefined;
  const starters: Starter[] = [];
  let column = indent;
  for (let dash = matchAt(DASH, line, column); dash; dash = matchAt(DASH, line, column)) {
    starters.push({ kind: 'dash', column });
    column += dash[0].length;
  }
  const key = matchAt(KEY, line, column);
  const word = key ? undefined : matchAt(WORD, line, column);
  if (key) {
    const written = (key[1] ?? '').trimEnd();
    const end = column + written.length;
    starters.push({ kind: 'key', column, end, key: unquoted(written), hasColon: true });
    column += key[0].length;
  } else if (word) {
    const end = column + word[0].length;
    starters.push({ kind: 'key', column, end, key: word[0], hasColon: false });
  }
  const value = word ? '' : withoutComment(line.slice(column)).replace(PROPERTIES, '').trim();
  return { indent, starters, rest: column, value };
}

/** Column of the comment of a line, or of its end. */
export function commentColumn(line: string): number {
  return withoutComment(line).length;
}

function withoutComment(text: string): string {
  let quote: string | undefined;
  for (let index = 0; index < text.length; index++) {
    const char = text[index] as string;
    if (quote) {
      if (char === '\\' && quote === '"') index++;
      else if (char === quote) quote = undefined;
    } else if ((char === '"' || char === "'") && /^$|[\s:,[{-]/.test(text[index - 1] ?? '')) {
      quote = char;
    } else if (char === '#' && /^$|\s/.test(text[index - 1] ?? '')) return text.slice(0, index);
  }
  return text;
}

/** The text of a key or value that may be in quotes; good enough for names. */
export function unquoted(text: string): string {
  const inside = /^(["'])(.*?)\1?$/s.exec(text);
  return inside ? (inside[2] as string) : text;
}

function matchAt(pattern: RegExp, text: string, at: number): RegExpExecArray | null {
  pattern.lastIndex = at;
  return pattern.exec(text);
}
