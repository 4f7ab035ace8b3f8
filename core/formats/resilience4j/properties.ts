import {
  entryOf,
  type MappingEntry,
  type MappingNode,
  type SyntaxNode,
  type TextRange,
} from '../../config/syntax/node.ts';
import { spelled } from './names.ts';

/** Deeper there is nothing that anybody reads: resilience4j, module, section, name, setting, part. */
const DEEPEST = 6;

/**
 * The properties below some of the names that a document begins with, as Spring understands them: a
 * dotted key stands for nested ones, what is written in several places is one, and names are in their
 * usual spelling however they are written.
 */
export function propertiesOf(root: MappingNode, roots: readonly string[]): MappingNode {
  const tree = new Map<string, Draft>();
  const wanted = root.entries.filter(({ key }) => roots.includes(key.split('.')[0] ?? ''));
  insertAll(tree, wanted, []);
  return finish(tree, root.range);
}

/** A part of a dotted path, as a place of its own. */
interface Segment {
  readonly name: string;
  readonly range: TextRange;
}

interface Draft {
  readonly keyRange: TextRange;
  readonly range: TextRange;
  readonly value: SyntaxNode | Map<string, Draft>;
}

function insertAll(
  level: Map<string, Draft>,
  entries: readonly MappingEntry[],
  path: readonly string[],
): void {
  for (const entry of entries) insert(level, segmentsOf(entry), entry.value, path);
}

function insert(
  level: Map<string, Draft>,
  [segment, ...others]: readonly Segment[],
  value: SyntaxNode,
  path: readonly string[],
): void {
  if (!segment) return;
  const key = spelled(segment.name, path);
  const known = level.get(key);
  const isPart = others.length > 0 || (value.kind === 'mapping' && path.length < DEEPEST);
  if (!isPart) {
    level.set(key, { keyRange: segment.range, range: value.range, value });
    return;
  }
  const parts = known?.value instanceof Map ? known.value : new Map<string, Draft>();
  // Of several places the one counts where it has an entry of its own.
  const isDotted = others.length > 0;
  const range = isDotted ? { start: segment.range.start, end: value.range.end } : value.range;
  const place = isDotted && known ? known : { keyRange: segment.range, range };
  level.set(key, { ...place, value: parts });
  if (isDotted) insert(parts, others, value, [...path, key]);
  else if (value.kind === 'mapping') insertAll(parts, value.entries, [...path, key]);
}

/** `a.b` are two; `[a.b]` is one that Spring leaves as it is. */
function segmentsOf({ key, keyRange }: MappingEntry): Segment[] {
  const found = [...key.matchAll(/\[([^\]]*)\]|[^.[\]]+/g)];
  if (found.length < 2) return [{ name: found[0]?.[1] ?? key, range: keyRange }];
  const length = keyRange.end - keyRange.start;
  // Without quotes, or with a pair of them; anything else has escapes, and no places of its own.
  const quote = (length - key.length) / 2;
  return found.map(({ 0: text, 1: bracketed, index }) => {
    const start = keyRange.start + quote + index;
    const isPlain = quote === 0 || quote === 1;
    return {
      name: bracketed ?? text,
      range: isPlain ? { start, end: start + text.length } : keyRange,
    };
  });
}

function finish(level: ReadonlyMap<string, Draft>, range: TextRange): MappingNode {
  return {
    kind: 'mapping',
    range,
    entries: [...level].map(([key, { keyRange, range: own, value }]) => ({
      key,
      keyRange,
      value: value instanceof Map ? finish(value, own) : value,
    })),
  };
}

/** The value that a path leads to. */
export function valueAt(root: MappingNode, path: readonly string[]): SyntaxNode | undefined {
  let node: SyntaxNode | undefined = root;
  for (const key of path) {
    node = node?.kind === 'mapping' ? entryOf(node, key)?.value : undefined;
  }
  return node;
}
