import { type Comment, type Config, type LineIndex, nodeEnds } from '../config/index.ts';
import type { Span } from '../model/fix.ts';
import type { SourceRange } from '../model/source.ts';

/**
 * A comment that silences rules: `# faultline-ignore RULE, RULE: REASON` behind a key or an item or
 * on the line above it, for all that is written in it; or `# faultline-ignore-file RULE: REASON`
 * anywhere, for the whole file.
 */
export interface Suppression {
  readonly scope: 'node' | 'file';
  /** What it is about: from the beginning of a line to the end of what begins on it. */
  readonly span: Span;
  readonly rules: readonly SuppressedRule[];
  /** Why; empty where nobody has said it. */
  readonly reason: string;
  readonly at: SourceRange;
}

export interface SuppressedRule {
  readonly id: string;
  readonly at: SourceRange;
}

/** The word that all of these comments begin with. */
export const DIRECTIVE = 'faultline-ignore';
const SYNTAX = /^(#+\s*faultline-ignore(-file)?(?![\w-])\s*)([^:]*)(?::(.*))?$/s;

/** Reads the suppressions of a config; what only looks like one has no rules. */
export function readSuppressions({ comments, file, text, lines, root }: Config): Suppression[] {
  const written = comments.filter((comment) => {
    return comment.text.replace(/^#+\s*/, '').startsWith(DIRECTIVE);
  });
  if (written.length === 0) return [];
  const lineOf = ({ range }: Comment) => lines.positionAt(range.start).line;
  const remarks = new Set(comments.filter((one) => isAlone(one, text, lines)).map(lineOf));
  const ends = nodeEnds(root, lines);
  return written.map((comment): Suppression => {
    const [, head = '', whole, names = '', reason = ''] = SYNTAX.exec(comment.text) ?? [];
    const at = { file, ...comment.range };
    const rules = namesIn(names, at.start + head.length, file);
    const rest = { rules, reason: reason.trim(), at };
    if (whole) return { scope: 'file', span: { start: 0, end: text.length }, ...rest };
    let line = lineOf(comment);
    // Comments may be stacked above a line, with others among them.
    while (remarks.has(line)) line++;
    const start = lines.lineStart(line);
    const end = Math.max(lines.lineStart(line + 1), ends.get(line) ?? 0);
    return { scope: 'node', span: { start, end }, ...rest };
  });
}

function namesIn(names: string, offset: number, file: string): SuppressedRule[] {
  return [...names.matchAll(/[^\s,]+/g)].map(({ 0: id, index }) => {
    const start = offset + index;
    return { id, at: { file, start, end: start + id.length } };
  });
}

/** Whether nothing but blanks stands before a comment on its line. */
function isAlone({ range: { start } }: Comment, text: string, lines: LineIndex): boolean {
  return text.slice(lines.lineStart(lines.positionAt(start).line), start).trim() === '';
}
