import type { Problem } from '../problem.ts';
import type { Comment } from './comments.ts';
import type { MappingEntry, SyntaxNode, TextRange } from './node.ts';
import { type ParsedText, parseText } from './parse.ts';

/** The line that begins a document; YAML knows no other text in which it may stand. */
const MARKER = /^---(?=\s|$)/gm;

/** The documents of a text, each with the marker before it. One of JSON is one document. */
export function splitDocuments(text: string): TextRange[] {
  const starts = [...text.matchAll(MARKER)].map(({ index }) => index);
  const first = starts[0] ?? text.length;
  // What stands before the first marker is a document of its own, if it is more than remarks.
  if (starts.length === 0 || hasContent(text.slice(0, first))) starts.unshift(0);
  else starts[0] = 0;
  return starts.map((start, index) => ({ start, end: starts[index + 1] ?? text.length }));
}

/** Reads one document of a text; all places are those of the whole text. Never throws. */
export function parseDocument(text: string, { start, end }: TextRange): ParsedText {
  return moveText(parseText(text.slice(start, end)), start);
}

function hasContent(text: string): boolean {
  return text.split('\n').some((line) => /^\s*[^#%\s]/.test(line));
}

/** What was read, further back or forward in the text by so many characters. */
export function moveText(parsed: ParsedText, offset: number): ParsedText {
  if (offset === 0) return parsed;
  const { root, problems, comments } = parsed;
  return {
    ...parsed,
    root: root && moveNode(root, offset),
    problems: problems.map(
      (problem): Problem => ({
        ...problem,
        range: moveRange(problem.range, offset),
        ...(problem.related && {
          related: { ...problem.related, range: moveRange(problem.related.range, offset) },
        }),
      }),
    ),
    comments: comments.map(
      ({ text, range }): Comment => ({ text, range: moveRange(range, offset) }),
    ),
  };
}

/** Nodes that aliases share stay shared. */
function moveNode(root: SyntaxNode, offset: number): SyntaxNode {
  const done = new Map<SyntaxNode, SyntaxNode>();
  const move = (node: SyntaxNode): SyntaxNode => {
    const known = done.get(node);
    if (known) return known;
    const moved = moveContent(node, moveRange(node.range, offset));
    done.set(node, moved);
    return moved;
  };
  const moveContent = (node: SyntaxNode, range: TextRange): SyntaxNode => {
    if (node.kind === 'scalar') return { ...node, range };
    if (node.kind === 'sequence') return { ...node, range, items: node.items.map(move) };
    const entries = node.entries.map(
      ({ key, keyRange, value }): MappingEntry => ({
        key,
        keyRange: moveRange(keyRange, offset),
        value: move(value),
      }),
    );
    return { ...node, range, entries };
  };
  return move(root);
}

function moveRange({ start, end }: TextRange, offset: number): TextRange {
  return { start: start + offset, end: end + offset };
}
