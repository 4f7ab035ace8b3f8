import type { Change } from '../../model/fix.ts';
import type { Problem } from '../problem.ts';
import { guardText } from '../syntax/guard.ts';
import { type SyntaxNode, toPlainValue } from '../syntax/node.ts';
import { parseText } from '../syntax/parse.ts';
import { editComment } from './comment.ts';
import {
  applyEdits,
  type EditResult,
  type Operation,
  Refusal,
  type RefusalReason,
  sortEdits,
  type TextEdit,
} from './edit.ts';
import {
  collectionAt,
  findPlace,
  type Holder,
  type Place,
  partWithKey,
  refuseDangling,
  refuseShared,
} from './find.ts';
import { insertParts, type NewPart } from './insert.ts';
import { type CollectionLayout, type DocumentLayout, layoutOf, type Part } from './layout.ts';
import { lineEnd, lineStart } from './lines.ts';
import { changedValue, isSameData } from './plain.ts';
import { removePart } from './remove.ts';
import { replaceKey, replaceValue } from './replace.ts';
import { PlaceIndex } from './resolve.ts';
import { styleOf, type TextStyle } from './style.ts';

/**
 * Changes what a config says and leaves the rest of its text as it is: comments, order, quotes,
 * indentation, line ends. Works on YAML and JSON alike, and never throws.
 *
 * Whatever is planned is read back before it is given out. If it would say anything else than was
 * asked for, it is refused: rather no edit than a wrong one.
 */
export class ConfigEditor {
  readonly #text: string;
  readonly #layout: DocumentLayout | undefined;
  readonly #style: TextStyle;
  readonly #problems: readonly Problem[];
  readonly #root: SyntaxNode | undefined;
  readonly #says: unknown;
  #places: PlaceIndex | undefined;

  constructor(text: string) {
    this.#text = text;
    const guarded = guardText(text);
    this.#layout = guarded.kind === 'tokens' ? layoutOf(guarded.tokens) : undefined;
    this.#style = styleOf(text, this.#layout?.root);
    const { root, problems } = parseText(text);
    this.#problems = problems;
    this.#root = root;
    this.#says = root && toPlainValue(root);
  }

  /** The edits that make changes in terms of places, all or none. */
  planChanges(changes: readonly Change[]): EditResult {
    if (!this.#root) return refused('broken');
    const places = this.#places ?? new PlaceIndex(this.#root);
    this.#places = places;
    try {
      const edits: TextEdit[] = [];
      const operations: Operation[] = [];
      for (const change of changes) {
        if (change.kind === 'comment' || change.kind === 'remark') {
          edits.push(editComment(this.#text, this.#style, change));
        } else operations.push(...places.operationsOf(change));
      }
      return this.#plan(operations, edits);
    } catch (error) {
      return refusedFor(error);
    }
  }

  /**
   * The edits that carry out operations, all or none. Paths are those of the text as it is; what is
   * added at one place is added in the given order.
   */
  plan(operations: readonly Operation[]): EditResult {
    return this.#plan(operations, []);
  }

  /** @param besides edits that change nothing of what the text says. */
  #plan(operations: readonly Operation[], besides: readonly TextEdit[]): EditResult {
    if (!this.#layout) return refused('broken');
    try {
      const edits = sortEdits([...besides, ...this.#edits(operations, this.#layout)]);
      if (edits.some((edit) => this.#isBrokenAt(edit))) return refused('broken');
      const isExact = this.#says !== undefined && this.#isExact(edits, operations);
      return isExact ? { kind: 'edits', edits } : refused('unsupported');
    } catch (error) {
      return refusedFor(error);
    }
  }

  #edits(operations: readonly Operation[], layout: DocumentLayout): TextEdit[] {
    const text = this.#text;
    const edits: TextEdit[] = [];
    const additions = new Additions();
    for (const operation of operations) {
      const place = findPlace(layout, operation.path);
      switch (operation.kind) {
        case 'insert':
        case 'append':
          additions.add(layout, place, operation);
          break;
        case 'set':
          if (place.value) {
            refuseShared(layout, place.value);
            refuseDangling(layout, place.value);
          }
          edits.push(...replaceValue(text, this.#style, place, operation.value));
          break;
        case 'remove': {
          const holder = holderOf(place);
          refuseDangling(layout, holder.part);
          edits.push(...removePart(text, holder));
          break;
        }
        case 'rename': {
          const holder = holderOf(place);
          const { key } = holder.part;
          if (!key) throw new Refusal('wrong-kind');
          if (partWithKey(holder.collection, operation.key)) throw new Refusal('exists');
          edits.push(...replaceKey(this.#style, holder, key, operation.key));
        }
      }
    }
    for (const { collection, parts, after } of additions.innermostFirst()) {
      edits.push(...insertParts(text, this.#style, collection, parts, after));
    }
    return edits;
  }

  /** Whether the parser complains about the lines of an edit. */
  #isBrokenAt({ start, end }: TextEdit): boolean {
    const from = lineStart(this.#text, start);
    const to = lineEnd(this.#text, end);
    return this.#problems.some(({ range }) => range.start >= from && range.start <= to);
  }

  /** Whether the edited text says what the old one did, but for the operations. */
  #isExact(edits: readonly TextEdit[], operations: readonly Operation[]): boolean {
    const { root, problems } = parseText(applyEdits(this.#text, edits));
    if (!root || problems.length > this.#problems.length) return false;
    return isSameData(toPlainValue(root), changedValue(this.#says, operations));
  }
}

interface Addition {
  readonly collection: CollectionLayout;
  readonly after: Part | undefined;
  readonly parts: NewPart[];
}

/** What is added to one place of one collection is written together. */
class Additions {
  readonly #all: Addition[] = [];

  /** Where the last part of a collection is one itself, both grow at the same offset. */
  innermostFirst(): readonly Addition[] {
    return this.#all.toSorted((a, b) => b.collection.start - a.collection.start);
  }

  add(
    layout: DocumentLayout,
    place: Place,
    operation: Extract<Operation, { kind: 'insert' | 'append' }>,
  ): void {
    const collection = collectionAt(layout, place);
    const isInsert = operation.kind === 'insert';
    if (collection.kind !== (isInsert ? 'mapping' : 'sequence')) throw new Refusal('wrong-kind');
    if (isInsert && partWithKey(collection, operation.key)) throw new Refusal('exists');
    const wanted = isInsert ? operation.after : undefined;
    const after = wanted === undefined ? undefined : partWithKey(collection, wanted);
    if (wanted !== undefined && !after) throw new Refusal('not-found');
    const { value } = operation;
    const part = isInsert ? { key: operation.key, value } : { value };
    const known = this.#all.find((one) => one.collection === collection && one.after === after);
    if (known) known.parts.push(part);
    else this.#all.push({ collection, after, parts: [part] });
  }
}

function holderOf({ holder }: Place): Holder {
  if (!holder) throw new Refusal('unsupported');
  return holder;
}

function refusedFor(error: unknown): EditResult {
  if (error instanceof Refusal) return refused(error.reason);
  throw error;
}

function refused(reason: RefusalReason): EditResult {
  return { kind: 'refused', reason };
}
