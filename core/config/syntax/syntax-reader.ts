import type { Problem } from '../problem.ts';
import type { LineIndex } from '../text/line-index.ts';
import type { Comment } from './comments.ts';
import type { Derive, MappingEntry, MappingNode, SyntaxNode } from './node.ts';
import { outlineOf, type Stretch } from './outline.ts';
import { duplicateKey, MAX_EXPANDED_NODES, MOST_SYNTAX_ERRORS, parseText } from './parse.ts';
import { type Passage, readPassage } from './passage.ts';

/** What a text says, entry by entry. */
export interface ReadText {
  readonly root: SyntaxNode | undefined;
  readonly problems: readonly Problem[];
  readonly comments: readonly Comment[];
}

/**
 * Reads one version of a text after another, and of each only what is new in it. What a text says
 * depends on that text alone, whatever was read before.
 *
 * What has not changed is not copied: it is in the result for the old version and in that for the
 * new one, with its places in the new one.
 */
export class SyntaxReader {
  readonly #isSection: (key: string) => boolean;
  #text = '';
  #passages: readonly Passage[] = [];
  readonly #passageOf = new WeakMap<MappingEntry, Passage>();

  /** Works out again what follows from what had to be read as a whole. */
  readonly derive: Derive = (entry, purpose, given, workOut) => {
    const passage = this.#passageOf.get(entry);
    return passage ? passage.derive(entry, purpose, given, workOut) : workOut();
  };

  /** @param isSection whether a key of the file holds entries that mean something each by itself. */
  constructor(isSection: (key: string) => boolean) {
    this.#isSection = isSection;
  }

  read(text: string, lines: LineIndex): ReadText {
    const outline = outlineOf(text, lines, this.#isSection);
    const passages = outline && this.#passagesOf(outline, text);
    return (passages && compose(passages)) ?? parseText(text);
  }

  /** The passages of an outline: known ones where the text is the same, as far as it can be. */
  #passagesOf(outline: readonly Stretch[], text: string): readonly Passage[] | undefined {
    const known = this.#passages;
    const shift = text.length - this.#text.length;
    const head = commonLength(this.#text, text);
    const tail = commonLength(this.#text, text, head);
    let first = 0;
    while (isSame(known[first]?.stretch, outline[first], 0) && endOf(outline[first]) <= head) {
      first++;
    }
    let last = 0;
    while (
      last < Math.min(known.length, outline.length) - first &&
      isSame(known.at(-1 - last)?.stretch, outline.at(-1 - last), shift) &&
      (outline.at(-1 - last)?.start ?? 0) >= text.length - tail
    ) {
      last++;
    }
    const changed = known.slice(first, known.length - last);
    const fresh = this.#read(outline.slice(first, outline.length - last), changed, text);
    if (!fresh) return undefined;
    const after = known.slice(known.length - last);
    for (const [index, passage] of after.entries()) {
      passage.moveTo(outline[outline.length - last + index] as Stretch);
    }
    this.#text = text;
    this.#passages = [...known.slice(0, first), ...fresh, ...after];
    return this.#passages;
  }

  /** Reads stretches, unless one with the same text was there before. */
  #read(
    stretches: readonly Stretch[],
    old: readonly Passage[],
    text: string,
  ): readonly Passage[] | undefined {
    const byText = new Map<string, Passage[]>();
    for (const passage of old) {
      const key = keyOf(passage.stretch, this.#text);
      const same = byText.get(key);
      if (same) same.push(passage);
      else byText.set(key, [passage]);
    }
    const found: [Passage, Stretch][] = [];
    const fresh: Passage[] = [];
    for (const stretch of stretches) {
      const known = byText.get(keyOf(stretch, text))?.shift();
      const passage = known ?? readPassage(text, stretch);
      if (!passage) return undefined;
      if (!known) fresh.push(passage);
      found.push([passage, stretch]);
    }
    succeed(fresh, [...byText.values()].flat());
    // Only now: where one cannot be read, the text is read as a whole and the others stay.
    return found.map(([passage, stretch]) => {
      passage.moveTo(stretch);
      for (const entry of passage.content.entries) this.#passageOf.set(entry, passage);
      return passage;
    });
  }
}

/** Tells passages which of those that are gone had their name. */
function succeed(fresh: readonly Passage[], gone: readonly Passage[]): void {
  const byName = new Map<string, Passage>();
  for (const passage of gone) {
    const name = nameOf(passage);
    // Of several with one name only the first one meant anything.
    if (!byName.has(name)) byName.set(name, passage);
  }
  for (const passage of fresh) {
    const name = nameOf(passage);
    const before = byName.get(name);
    if (!before) continue;
    byName.delete(name);
    passage.succeed(before);
  }
}

function nameOf({ content, stretch }: Passage): string {
  return `${stretch.section} ${content.entries[0]?.key ?? ''}`;
}

/** All that the reading of a stretch depends on. */
function keyOf(stretch: Stretch, text: string): string {
  const { end, indent, isFirst, kind, nextIndent, section, start } = stretch;
  return `${kind} ${section} ${indent} ${isFirst} ${nextIndent} ${text.slice(start, end)}`;
}

function isSame(old: Stretch | undefined, now: Stretch | undefined, shift: number): boolean {
  return (
    old !== undefined &&
    now !== undefined &&
    old.start + shift === now.start &&
    old.end + shift === now.end &&
    old.kind === now.kind &&
    old.indent === now.indent &&
    old.isFirst === now.isFirst &&
    old.nextIndent === now.nextIndent &&
    old.section === now.section
  );
}

function endOf(stretch: Stretch | undefined): number {
  return stretch?.end ?? Number.POSITIVE_INFINITY;
}

/**
 * How many characters two texts have in common at their beginning; with `after`, at their end, not
 * counting those first ones. Whole stretches are compared at once, which is much faster than one
 * character after the other.
 */
function commonLength(a: string, b: string, after?: number): number {
  let low = 0;
  let high = Math.min(a.length, b.length) - (after ?? 0);
  const isCommon = (length: number) =>
    after === undefined
      ? a.slice(low, length) === b.slice(low, length)
      : a.slice(a.length - length, a.length - low) === b.slice(b.length - length, b.length - low);
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if (isCommon(middle)) low = middle;
    else high = middle - 1;
  }
  return low;
}

/** Puts together what passages say; `undefined` where only the whole text tells. */
function compose(passages: readonly Passage[]): ReadText | undefined {
  const root = new Entries();
  const problems: Problem[] = [];
  const comments: Comment[] = [];
  let section: { readonly entry: MappingEntry; readonly inside: Entries } | undefined;
  let size = 0;
  for (const passage of passages) {
    const { content, stretch } = passage;
    size += content.size;
    problems.push(...content.problems);
    comments.push(...content.comments);
    if (stretch.kind === 'lead') continue;
    if (stretch.kind === 'part') {
      section?.inside.add(content);
      continue;
    }
    close();
    if (stretch.kind === 'entry') root.add(content);
    else section = { entry: content.entries[0] as MappingEntry, inside: new Entries() };
  }
  close();
  const syntaxErrors = problems.filter(({ kind }) => kind === 'yaml-syntax').length;
  if (size > MAX_EXPANDED_NODES || syntaxErrors > MOST_SYNTAX_ERRORS) return undefined;
  const { start } = root.node.range;
  const end = passages.at(-1)?.content.fileExtent.end ?? start;
  return {
    root: { ...root.node, range: { start, end } },
    problems: [...problems, ...root.problems],
    comments,
  };

  function close(): void {
    if (!section) return;
    const { key, keyRange } = section.entry;
    const { node: value, problems: repeated } = section.inside;
    root.add({ entries: [{ key, keyRange, value }], extent: keyRange });
    problems.push(...repeated);
    section = undefined;
  }
}

/** A mapping that is put together. */
class Entries {
  readonly problems: Problem[] = [];
  readonly #entries: MappingEntry[] = [];
  readonly #seen = new Map<string, MappingEntry>();
  #start: number | undefined;
  #end = 0;

  get node(): MappingNode {
    const range = { start: this.#start ?? 0, end: this.#end };
    return { kind: 'mapping', range, entries: this.#entries };
  }

  add({ entries, extent }: Pick<Passage['content'], 'entries' | 'extent'>): void {
    this.#start ??= extent.start;
    this.#end = extent.end;
    for (const entry of entries) {
      const first = this.#seen.get(entry.key);
      if (first) this.problems.push(duplicateKey(entry.key, entry.keyRange, first.keyRange));
      else {
        this.#seen.set(entry.key, entry);
        this.#entries.push(entry);
      }
    }
  }
}
