import type { PlainValue } from './plain-value.ts';
import type { SourceRange } from './source.ts';

/** A change of a config that solves a problem. */
export interface Fix {
  /** What it does, in the imperative, without a full stop: `Set minHealthy to 2`. */
  readonly title: string;
  /**
   * Whether it may be done without asking: it needs no decision that only the author can take, and
   * takes nothing away that has an effect. Others are offered one by one.
   */
  readonly safe: boolean;
  readonly changes: readonly Change[];
}

/** A stretch of the file that the problem is in. */
export type Span = Pick<SourceRange, 'start' | 'end'>;

/**
 * A change of what a config says, in terms of the places that the values of the model carry. So
 * whoever proposes it need not know how the file is written.
 */
export type Change =
  /** Replaces the value that is written at a place. */
  | { readonly kind: 'replace'; readonly at: Span; readonly value: PlainValue }
  /** Gives an owner a key, in place of the one it has, if it has one. */
  | {
      readonly kind: 'put';
      readonly owner: Span;
      readonly key: string;
      readonly value: PlainValue;
    }
  /** Adds items to the list that an owner has under a key; creates the list where there is none. */
  | {
      readonly kind: 'append';
      readonly owner: Span;
      readonly key: string;
      readonly values: readonly PlainValue[];
    }
  /** Removes the entry with this name, or the entry or item with this value. */
  | { readonly kind: 'remove'; readonly at: Span }
  /** Gives the entry with this name another one. */
  | { readonly kind: 'rename'; readonly at: Span; readonly name: string }
  /** Replaces a comment, or removes it where there is no new text. */
  | { readonly kind: 'comment'; readonly at: Span; readonly text: string }
  /** Writes a comment above the line of a place. */
  | { readonly kind: 'remark'; readonly above: Span; readonly text: string };
