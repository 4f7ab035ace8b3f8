import type { CST } from 'yaml';
import type { TextRange } from './node.ts';

/** A comment of the text, from its `#` to the end of its line. */
export interface Comment {
  readonly text: string;
  readonly range: TextRange;
}

/** The comments of a text, in its order. Recurses as deep as the text nests, which is bounded. */
export function commentsOf(tokens: readonly CST.Token[]): Comment[] {
  const comments: Comment[] = [];
  const visit = (token: CST.Token | null | undefined): void => {
    if (!token) return;
    if (token.type === 'comment') {
      const { offset: start, source: text } = token;
      comments.push({ text, range: { start, end: start + text.length } });
    }
    if ('props' in token) token.props.forEach(visit);
    if ('start' in token) for (const one of [token.start].flat()) visit(one);
    if ('items' in token) {
      for (const { start, key, sep, value } of token.items) {
        start.forEach(visit);
        visit(key);
        sep?.forEach(visit);
        visit(value);
      }
    }
    if ('value' in token) visit(token.value);
    if ('end' in token) token.end?.forEach(visit);
  };
  tokens.forEach(visit);
  return comments;
}
