import { type LineIndex, toFindings } from '../config/index.ts';
import type { Comment } from '../config/syntax/comments.ts';
import { moveText, parseDocument, splitDocuments } from '../config/syntax/documents.ts';
import { entryOf, type MappingNode, type SyntaxNode } from '../config/syntax/node.ts';
import type { ParsedText } from '../config/syntax/parse.ts';
import type { Finding } from '../model/finding.ts';
import { Fields } from './fields.ts';
import { withoutComments } from './json-comments.ts';

/** One document of a file, or one item of a Kubernetes `List` in it. */
export interface FormatDocument {
  readonly file: string;
  readonly root: MappingNode;
  readonly fields: Fields;
}

/** A file of other tools, as far as somebody here may understand it. */
export interface FormatFile {
  readonly file: string;
  readonly text: string;
  readonly lines: LineIndex;
  readonly documents: readonly FormatDocument[];
  /** The documents that could be read, as one list. */
  readonly root: SyntaxNode;
  readonly comments: readonly Comment[];
  /** What keeps documents from being read. */
  readonly problems: readonly Finding[];
  /** One of the documents is a template that nobody has rendered yet. */
  readonly hasTemplate: boolean;
  /** The documents by their texts, for the next version of the file. */
  readonly parts: ReadonlyMap<string, Part>;
}

interface Part {
  readonly start: number;
  readonly isTemplate: boolean;
  readonly parsed: ParsedText;
  readonly documents: readonly FormatDocument[];
}

/** What only Helm puts into braces: a chart's template, whatever else it looks like. */
const CHART =
  /\{\{[^}]*(?:\.(?:Values|Release|Chart|Capabilities|Files|Template)\b|\b(?:include|tpl)\s)/;
/**
 * Marks of templates. In a text that is YAML they stand in values, for whoever reads those later (a log
 * driver, a node of a Swarm); in one that is none, nobody has rendered it yet. Builds of Maven fill in
 * what stands between two `@`.
 */
const MARKS = /\{\{|\{%|^[ \t]*[\w.-]+:[ \t]+@[\w.-]+@/m;

/**
 * Reads those documents of a file that somebody may understand; the others are not even parsed.
 * Never throws.
 *
 * @param mayBe whether the text of a document is worth reading
 * @param before an older version of the file: what did not change since is not read again
 */
export function readFormatFile(
  file: string,
  text: string,
  lines: LineIndex,
  mayBe: (text: string) => boolean,
  before?: FormatFile,
): FormatFile {
  const parts = new Map<string, Part>();
  const read = /\.json$/i.test(file) ? withoutComments(text) : text;
  let hasTemplate = false;
  for (const range of splitDocuments(read)) {
    const own = read.slice(range.start, range.end);
    if (!mayBe(own)) continue;
    if (CHART.test(own)) {
      hasTemplate = true;
      continue;
    }
    const known = parts.has(own) ? undefined : before?.parts.get(own);
    const isSame = known?.start === range.start;
    const key = parts.has(own) ? `${range.start} ${own}` : own;
    parts.set(key, isSame ? known : readPart(file, read, range, known));
  }
  const all = [...parts.values()].filter(({ isTemplate }) => !isTemplate);
  const problems = all.flatMap(({ parsed }) => parsed.problems);
  return {
    file,
    text,
    lines,
    root: {
      kind: 'sequence',
      range: { start: 0, end: text.length },
      items: all.flatMap(({ parsed }) => (isSound(parsed) ? (parsed.root ?? []) : [])),
    },
    documents: all.flatMap(({ documents }) => documents),
    comments: all.flatMap(({ parsed }) => parsed.comments),
    // Which of two equal keys counts, and which keys there are, is for the file's own tool to say.
    problems: toFindings(
      problems.filter(({ kind }) => kind !== 'duplicate-key' && kind !== 'wrong-type'),
      file,
      text,
      lines,
    ),
    hasTemplate: hasTemplate || all.length < parts.size,
    parts,
  };
}

function readPart(
  file: string,
  text: string,
  range: { readonly start: number; readonly end: number },
  known: Part | undefined,
): Part {
  const { start } = range;
  const parsed = known ? moveText(known.parsed, start - known.start) : parseDocument(text, range);
  const items = isSound(parsed) && parsed.root ? itemsOf(parsed.root) : [];
  return {
    start,
    parsed,
    isTemplate: !isSound(parsed) && MARKS.test(text.slice(start, range.end)),
    documents: items.map((root) => documentOf(root, file)),
  };
}

/** A document with a slip in it may say anything, so none of it is judged. */
function isSound({ problems }: ParsedText): boolean {
  return problems.length === 0;
}

/** The resources of a `List`, else the document itself. */
function itemsOf(root: SyntaxNode): readonly MappingNode[] {
  if (root.kind !== 'mapping') return [];
  const kind = entryOf(root, 'kind')?.value;
  const items = entryOf(root, 'items')?.value;
  const isList = kind?.kind === 'scalar' && String(kind.value).endsWith('List');
  if (!isList || items?.kind !== 'sequence') return [root];
  return items.items.filter((item): item is MappingNode => item.kind === 'mapping');
}

function documentOf(root: MappingNode, file: string): FormatDocument {
  const { start } = root.range;
  return { file, root, fields: new Fields(root, { file, start, end: start }) };
}
