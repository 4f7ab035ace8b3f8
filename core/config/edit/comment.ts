import type { Change } from '../../model/fix.ts';
import { Refusal, type TextEdit } from './edit.ts';
import { beginsLine, lineIndent, lineStart, wholeLines } from './lines.ts';
import type { TextStyle } from './style.ts';

/** A change of a comment, or of what is said about a line. */
type CommentChange = Extract<Change, { readonly kind: 'comment' | 'remark' }>;

export function editComment(text: string, style: TextStyle, change: CommentChange): TextEdit {
  if (change.kind === 'remark') {
    if (style.isJson) throw new Refusal('unsupported');
    const start = lineStart(text, change.above.start);
    const indent = lineIndent(text, change.above.start);
    return { start, end: start, newText: `${indent}${change.text}${style.newline}` };
  }
  const { start, end } = change.at;
  if (change.text !== '') return { start, end, newText: change.text };
  if (beginsLine(text, start)) return { ...wholeLines(text, start, end), newText: '' };
  // The blanks before it go with it.
  const before = text.slice(0, start).trimEnd().length;
  return { start: Math.max(before, lineStart(text, start)), end, newText: '' };
}
