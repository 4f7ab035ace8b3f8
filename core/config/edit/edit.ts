import type { Path, PlainValue } from '../../model/plain-value.ts';

/** Replaces a stretch of the text: UTF-16 offsets, `start` inclusive, `end` exclusive. */
export interface TextEdit {
  readonly start: number;
  readonly end: number;
  readonly newText: string;
}

/** A change of what a config says. Paths lead from its root, as it was before any change. */
export type Operation =
  /** Replaces the value at the path. */
  | { readonly kind: 'set'; readonly path: Path; readonly value: PlainValue }
  /** Adds a key to the mapping at the path, behind its last key or behind the one that is named. */
  | {
      readonly kind: 'insert';
      readonly path: Path;
      readonly key: string;
      readonly value: PlainValue;
      readonly after?: string;
    }
  /** Adds an item to the end of the list at the path. */
  | { readonly kind: 'append'; readonly path: Path; readonly value: PlainValue }
  /** Removes the key or the item that the path ends with. */
  | { readonly kind: 'remove'; readonly path: Path }
  /** Gives the key that the path ends with another name. */
  | { readonly kind: 'rename'; readonly path: Path; readonly key: string };

/** Why a text is not edited. */
export type RefusalReason =
  /** There is nothing at the path. */
  | 'not-found'
  /** The key is there already. */
  | 'exists'
  /** The value is not of the kind that the operation needs. */
  | 'wrong-kind'
  /** The value is what an alias repeats; it is written elsewhere. */
  | 'alias'
  /** The value comes from a merge key; it is written elsewhere. */
  | 'merged'
  /** Aliases repeat the value: other places would change with it. */
  | 'shared'
  /** The text is not sound here. */
  | 'broken'
  /** Two of the operations change the same place. */
  | 'overlap'
  /** No edit is known that changes this and nothing else. */
  | 'unsupported';

export type EditResult =
  /** Sorted by place, without overlaps. */
  | { readonly kind: 'edits'; readonly edits: readonly TextEdit[] }
  | { readonly kind: 'refused'; readonly reason: RefusalReason };

/** Ends the planning of an edit; never leaves this folder. */
export class Refusal extends Error {
  override readonly name = 'Refusal';
  readonly reason: RefusalReason;

  constructor(reason: RefusalReason) {
    super(reason);
    this.reason = reason;
  }
}

/** The text after edits that are sorted by place and do not overlap. */
export function applyEdits(text: string, edits: readonly TextEdit[]): string {
  const parts: string[] = [];
  let done = 0;
  for (const { start, end, newText } of edits) {
    parts.push(text.slice(done, start), newText);
    done = end;
  }
  return parts.join('') + text.slice(done);
}

/**
 * Edits in the order of the text; what is inserted at one place keeps the order in which it was
 * planned.
 *
 * @throws {Refusal} `overlap` when two edits change the same characters.
 */
export function sortEdits(edits: readonly TextEdit[]): TextEdit[] {
  const sorted = edits.toSorted((a, b) => a.start - b.start || a.end - b.end);
  let done = 0;
  for (const { start, end } of sorted) {
    if (start < done) throw new Refusal('overlap');
    done = end;
  }
  return sorted;
}
