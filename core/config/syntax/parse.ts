import {
  Composer,
  type Document,
  isAlias,
  isMap,
  isScalar,
  isSeq,
  type Node,
  type Pair,
} from 'yaml';
import { countText, shortened } from '../../text/words.ts';
import type { Problem } from '../problem.ts';
import { type Comment, commentsOf } from './comments.ts';
import { guardText } from './guard.ts';
import type { MappingEntry, MappingNode, SyntaxNode, TextRange } from './node.ts';

/** More values than this, after aliases are unfolded, can only be an attack or a data file. */
export const MAX_EXPANDED_NODES = 100_000;
/** Longer lists take the validator too long when every item is wrong. */
const MAX_ITEMS = 5_000;
export const MOST_SYNTAX_ERRORS = 10;
const TOO_MANY = `The file holds more than ${countText(MAX_EXPANDED_NODES)} values, counting what aliases repeat.`;

export interface ParsedText {
  /** Absent when there is nothing to read: an empty, refused or hopeless file. */
  readonly root: SyntaxNode | undefined;
  readonly problems: readonly Problem[];
  readonly comments: readonly Comment[];
  /** How many values the tree stands for once aliases are unfolded. */
  readonly size: number;
  /** Whether anchors, aliases or merge keys tie one part of the tree to another. */
  readonly hasTies: boolean;
}

/** Reads YAML (and so JSON) into a syntax tree. Never throws; a broken text gives what is sound of it. */
export function parseText(text: string): ParsedText {
  const guarded = guardText(text);
  const nothing = { root: undefined, comments: [], size: 0, hasTies: false };
  if (guarded.kind === 'refused') return { ...nothing, problems: [guarded.problem] };
  // `uniqueKeys` is quadratic in the parser; duplicates are found below with a set.
  const composer = new Composer({ uniqueKeys: false });
  const [document, second] = [...composer.compose(guarded.tokens, true, text.length)];
  const problems: Problem[] = [];
  if (second) problems.push(secondDocument(second, text));
  const comments = commentsOf(guarded.tokens);
  if (!document) return { ...nothing, problems, comments };
  // One slip can make a hundred lines unreadable; the first errors say where to look.
  for (const error of document.errors.slice(0, MOST_SYNTAX_ERRORS)) {
    const [start, end] = error.pos;
    // How far the parser looked on behind a key that is too long says nothing, so one place must do.
    const isTooLong = error.code === 'KEY_OVER_1024_CHARS';
    const range = oneLine(text, start, isTooLong ? start + 1 : end);
    const message = sentence(error.message, text.slice(range.start - 1, range.start + 1));
    problems.push({ kind: 'yaml-syntax', severity: 'error', message, range });
  }
  const builder = new TreeBuilder(text, problems);
  const root = document.contents ? builder.build(document.contents) : undefined;
  const { exhausted, hasTies } = builder;
  if (exhausted || !root) return { ...nothing, problems, comments, hasTies };
  return { root, problems, comments, size: builder.sizeOf(root), hasTies };
}

/** What is said of a key that its mapping has already. */
export function duplicateKey(name: string, range: TextRange, first: TextRange): Problem {
  return {
    kind: 'duplicate-key',
    severity: 'error',
    message: `'${shortened(name)}' is written twice here; the first one counts.`,
    range,
    related: { message: 'First written here.', range: first },
  };
}

/** Turns composed nodes into syntax nodes, resolving aliases and merge keys by sharing. */
class TreeBuilder {
  exhausted = false;
  hasTies = false;
  readonly #text: string;
  readonly #problems: Problem[];
  readonly #anchors = new Map<string, SyntaxNode | 'open'>();
  /** How many values each node stands for once aliases are unfolded. */
  readonly #sizes = new Map<SyntaxNode, number>();
  #mergedCount = 0;
  /** Nested collections end at the same place; the blanks before it are passed over once. */
  #lastTrim = { end: 0, trimmed: 0 };

  constructor(text: string, problems: Problem[]) {
    this.#text = text;
    this.#problems = problems;
  }

  build(node: Node): SyntaxNode {
    if (this.exhausted) return { kind: 'scalar', range: rangeOf(node), value: null };
    if (isAlias(node)) return this.#alias(node.source, rangeOf(node));
    const anchor = isScalar(node) || isMap(node) || isSeq(node) ? node.anchor : undefined;
    if (anchor !== undefined) {
      this.hasTies = true;
      this.#anchors.set(anchor, 'open');
    }
    const built = this.#tagged(this.#content(node), node.tag);
    if (anchor !== undefined) this.#anchors.set(anchor, built);
    return built;
  }

  sizeOf(node: SyntaxNode): number {
    return this.#sizes.get(node) ?? 1;
  }

  /** Tags of YAML itself say nothing that the value does not. */
  #tagged(built: SyntaxNode, tag: string | undefined): SyntaxNode {
    if (!tag?.startsWith('!') || tag.length === 1) return built;
    const node = { ...built, tag };
    this.#sizes.set(node, this.sizeOf(built));
    return node;
  }

  #content(node: Node): SyntaxNode {
    const range = this.#trimmed(rangeOf(node));
    if (isMap(node)) return this.#mapping(node.items as Pair<Node, Node | null>[], range);
    if (isSeq(node)) {
      if (node.items.length > MAX_ITEMS) {
        this.#exhaust(
          range,
          `The list has ${countText(node.items.length)} items; the most is ${countText(MAX_ITEMS)}.`,
        );
        return { kind: 'sequence', range, items: [] };
      }
      const items = (node.items as (Node | null)[]).map((item) => this.#orNull(item, range.end));
      return this.#sized({ kind: 'sequence', range, items }, items);
    }
    const value = isScalar(node) ? node.value : null;
    const plain = typeof value === 'bigint' ? Number(value) : value;
    const known =
      typeof plain === 'string' || typeof plain === 'number' || typeof plain === 'boolean';
    return { kind: 'scalar', range, value: known ? plain : null };
  }

  #mapping(pairs: readonly Pair<Node, Node | null>[], range: TextRange): MappingNode {
    const entries: MappingEntry[] = [];
    const merged: MappingEntry[] = [];
    const seen = new Map<string, TextRange>();
    for (const { key, value } of pairs) {
      const keyRange = key ? this.#trimmed(rangeOf(key)) : range;
      if (!isScalar(key) || key.value === null) {
        this.#report('yaml-syntax', 'A key must be plain text.', keyRange);
        continue;
      }
      const name = String(key.source ?? key.value);
      const node = this.#orNull(value, keyRange.end);
      if (name === '<<' && key.type === 'PLAIN') {
        this.#merge(node, merged);
        continue;
      }
      const first = seen.get(name);
      if (first) {
        this.#problems.push(duplicateKey(name, keyRange, first));
        continue;
      }
      seen.set(name, keyRange);
      entries.push({ key: name, keyRange, value: node });
    }
    for (const entry of merged) {
      if (seen.has(entry.key)) continue;
      seen.set(entry.key, entry.keyRange);
      entries.push(entry);
    }
    return this.#sized(
      { kind: 'mapping', range, entries },
      entries.map((entry) => entry.value),
    );
  }

  #merge(node: SyntaxNode, into: MappingEntry[]): void {
    this.hasTies = true;
    if (node.kind === 'sequence') for (const item of node.items) this.#merge(item, into);
    else if (node.kind === 'mapping') {
      this.#mergedCount += node.entries.length;
      if (this.#mergedCount > MAX_EXPANDED_NODES) this.#exhaust(node.range);
      else for (const entry of node.entries) into.push(entry);
    } else this.#report('wrong-type', "'<<' merges mappings, and this is none.", node.range);
  }

  #alias(name: string, range: TextRange): SyntaxNode {
    this.hasTies = true;
    const target = this.#anchors.get(name);
    if (target === undefined || target === 'open') {
      const message =
        target === 'open'
          ? `'*${name}' stands inside the value that it repeats.`
          : `There is no anchor '&${name}' before this alias.`;
      this.#report('yaml-syntax', message, range);
      return { kind: 'scalar', range, value: null };
    }
    // A scalar is copied, so that what is said about it points at the alias.
    return target.kind === 'scalar' ? { ...target, range } : target;
  }

  #orNull(node: Node | null, end: number): SyntaxNode {
    return node ? this.build(node) : { kind: 'scalar', range: { start: end, end }, value: null };
  }

  #sized<T extends SyntaxNode>(node: T, children: readonly SyntaxNode[]): T {
    let size = 1;
    for (const child of children) size += this.sizeOf(child);
    this.#sizes.set(node, size);
    if (size > MAX_EXPANDED_NODES) this.#exhaust(node.range);
    return node;
  }

  #exhaust({ start, end }: TextRange, message = TOO_MANY): void {
    if (this.exhausted) return;
    this.exhausted = true;
    this.#report('too-many-values', message, oneLine(this.#text, start, end));
  }

  #report(kind: Problem['kind'], message: string, range: TextRange): void {
    this.#problems.push({ kind, severity: 'error', message, range });
  }

  /** Block collections end where the next token begins; people see their last character. */
  #trimmed({ start, end }: TextRange): TextRange {
    if (this.#lastTrim.end !== end) {
      let last = end;
      while (last > 0 && isBlank(this.#text.charCodeAt(last - 1))) last--;
      this.#lastTrim = { end, trimmed: last };
    }
    return { start, end: Math.max(start, this.#lastTrim.trimmed) };
  }
}

/** Space, tab, line feed or carriage return. */
function isBlank(code: number): boolean {
  return code === 32 || code === 9 || code === 10 || code === 13;
}

function rangeOf(node: Node): TextRange {
  const [start, end] = node.range ?? [0, 0];
  return { start, end };
}

/** Clamps a range to its first line and at least one character, so that no squiggle floods the file. */
function oneLine(text: string, start: number, end: number): TextRange {
  const from = Math.max(0, Math.min(start, text.length - 1));
  const newline = text.indexOf('\n', from);
  const lineEnd = newline < 0 ? text.length : newline;
  return { start: from, end: Math.max(from + 1, Math.min(end, lineEnd)) };
}

/** The parser's message without its copy of the source, as one sentence; the commonest in words. */
function sentence(message: string, at: string): string {
  if (at === '>=')
    return "Put quotes around it, as in '>= 99.9%': a bare > begins a block of text.";
  const first = (message.split('\n')[0] ?? message)
    .replace(/ at line \d+, column \d+:?$/, '')
    .trim();
  if (first.startsWith('Implicit map key')) return "A key needs a ':' and a value behind it.";
  const closing = /end with a ([\]}])$/.exec(first)?.[1];
  const opening = closing === ']' ? '[' : '{';
  if (closing)
    return `The '${opening}' before this is not closed by '${closing}' on indented lines.`;
  return /[.!?]$/.test(first) ? first : `${first}.`;
}

function secondDocument(document: Document, text: string): Problem {
  const begin = document.range?.[0] ?? 0;
  const marker = text.lastIndexOf('---', begin);
  const start = marker < 0 ? begin : marker;
  return {
    kind: 'yaml-syntax',
    severity: 'error',
    message: 'A resilience config is one YAML document; what follows here is not read.',
    range: oneLine(text, start, start + 3),
  };
}
