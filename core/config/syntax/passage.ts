import type { Problem } from '../problem.ts';
import type { Comment } from './comments.ts';
import { keepPieces } from './keep.ts';
import type { MappingEntry, MappingNode, SyntaxNode, TextRange } from './node.ts';
import type { Stretch } from './outline.ts';
import { parseText } from './parse.ts';
import { moveRanges, rangesIn } from './ranges.ts';

/** Stands for the section that a part is in. */
const SECTION = 's';
/** Stands for the keys before a stretch. */
const BEFORE = 'b';
/** Stands for the key behind a stretch. */
const NEXT = 'x';

interface Content {
  readonly entries: readonly MappingEntry[];
  readonly problems: readonly Problem[];
  readonly comments: readonly Comment[];
  /**
   * From the first key to the end of the last value, or of what stands for the key behind it where
   * that is as deep.
   */
  readonly extent: TextRange;
  /** The same for the file, as if the stretch were all there is. Comments may be in it at the end. */
  readonly fileExtent: TextRange;
  /** How many values there are, or a few more. */
  readonly size: number;
}

/** What follows from an entry and something else that it was judged by. */
interface Derived {
  readonly given: unknown;
  readonly value: unknown;
  readonly ranges: readonly TextRange[];
}

/**
 * What was read from one stretch of a text, and what followed from it. When the text before it
 * changes it moves along: its ranges, and those in all that was derived from it, are places in the
 * text as it is now.
 */
export class Passage {
  stretch: Stretch;
  readonly content: Content;
  readonly #ranges: readonly TextRange[];
  readonly #derived = new Map<MappingEntry, Map<string, Derived>>();
  /** What followed from what stood here before, by key and purpose. */
  #before: ReadonlyMap<string, ReadonlyMap<string, Derived>> = new Map();

  /** @param offset where the ranges of the content are counted from. */
  constructor(stretch: Stretch, content: Content, offset: number) {
    this.stretch = stretch;
    this.content = content;
    this.#ranges = rangesIn(content);
    moveRanges(this.#ranges, offset);
  }

  /** Takes the place of a stretch with the same text. */
  moveTo(stretch: Stretch): void {
    const by = stretch.start - this.stretch.start;
    this.stretch = stretch;
    if (by === 0) return;
    moveRanges(this.#ranges, by);
    for (const derived of this.#derived.values()) {
      for (const { ranges } of derived.values()) moveRanges(ranges, by);
    }
  }

  /**
   * Takes the place of a passage that is there no longer: of what followed from that, what still
   * follows is kept.
   */
  succeed(gone: Passage): void {
    this.#before = new Map([...gone.#derived].map(([{ key }, derived]) => [key, derived]));
  }

  /** As `Derive` says. */
  derive<T>(entry: MappingEntry, purpose: string, given: unknown, workOut: () => T): T {
    let known = this.#derived.get(entry);
    if (!known) {
      known = new Map();
      this.#derived.set(entry, known);
    }
    const last = known.get(purpose);
    if (last && last.given === given) return last.value as T;
    known.delete(purpose);
    const value = this.#keptPieces(entry, purpose, given, workOut());
    known.set(purpose, { given, value, ranges: this.#newRanges(value, given, known) });
    return value;
  }

  #keptPieces<T>({ key }: MappingEntry, purpose: string, given: unknown, value: T): T {
    const before = this.#before.get(key)?.get(purpose);
    if (!before || before.given !== given) return value;
    return keepPieces(before.value, value, new Set(before.ranges));
  }

  /** The ranges of a value that would not move otherwise, nor belong elsewhere. */
  #newRanges(
    value: unknown,
    given: unknown,
    derived: ReadonlyMap<string, Derived>,
  ): readonly TextRange[] {
    const known = new Set([...this.#ranges, ...rangesIn(given)]);
    for (const { ranges } of derived.values()) for (const range of ranges) known.add(range);
    return rangesIn(value).filter((range) => !known.has(range));
  }
}

/**
 * Reads a stretch as its text has it. `undefined` where it cannot be told apart from what is around
 * it: it is tied to other parts by anchors, or does not end where it seems to.
 */
export function readPassage(text: string, stretch: Stretch): Passage | undefined {
  const { end, indent, isFirst, nextIndent, start } = stretch;
  const around = indent > 0 ? `${SECTION}:\n` : '';
  const before = isFirst ? around : `${around}${' '.repeat(indent)}${BEFORE}:\n`;
  const behind = nextIndent === undefined ? '' : `${' '.repeat(nextIndent)}${NEXT}:`;
  const parsed = parseText(before + text.slice(start, end) + behind);
  const { comments, problems, root, size } = parsed;
  const from = before.length;
  const to = from + end - start;
  if (parsed.hasTies || problems.some(({ range }) => range.start < from || range.start > to)) {
    return undefined;
  }
  const map = mappingIn(root, stretch, to + (nextIndent ?? 0));
  if (!map) return undefined;
  const { entries, range: extent } = map;
  // The same key again would have to be told of the first one in the file.
  const keyStarts = entries.map(({ keyRange }) => keyRange.start);
  if (problems.some(({ related }) => related && keyStarts.includes(related.range.start))) {
    return undefined;
  }
  const fileExtent = root?.range ?? extent;
  const content: Content = { entries, problems, comments, extent, fileExtent, size };
  return new Passage(stretch, content, start - from);
}

/**
 * The mapping that a stretch is a part of, without what stands for the keys around it; only if these
 * are where they belong.
 */
function mappingIn(
  root: SyntaxNode | undefined,
  { indent, isFirst, kind, nextIndent }: Stretch,
  nextStart: number,
): Pick<MappingNode, 'entries' | 'range'> | undefined {
  if (root?.kind !== 'mapping') return undefined;
  const isNext = (entry: MappingEntry | undefined) =>
    entry?.key === NEXT && entry.keyRange.start === nextStart;
  const map = indent > 0 ? root.entries[0]?.value : root;
  if (map?.kind !== 'mapping') return undefined;
  if (indent > 0) {
    // Where the key behind is no sibling, it follows the section that stands around.
    const after = root.entries.slice(1);
    const isSound = nextIndent === 0 ? after.length === 1 && isNext(after[0]) : after.length === 0;
    if (!isSound) return undefined;
  }
  const hasSibling = nextIndent === indent;
  if (hasSibling && !isNext(map.entries.at(-1))) return undefined;
  const entries = map.entries.slice(isFirst ? 0 : 1, hasSibling ? -1 : undefined);
  const isSound =
    kind === 'head' ? isHead(entries, isNext) : (kind === 'lead') === (entries.length === 0);
  return isSound ? { entries, range: map.range } : undefined;
}

/** Whether there is one section, with nothing but the key behind in it. */
function isHead(
  [section, ...others]: readonly MappingEntry[],
  isNext: (entry: MappingEntry | undefined) => boolean,
): boolean {
  const inside = section?.value.kind === 'mapping' ? section.value.entries : [];
  return others.length === 0 && inside.length === 1 && isNext(inside[0]);
}
