import type { SourceRange } from '../model/source.ts';

/** What every insight says besides its numbers. */
export interface InsightBase {
  readonly name: string;
  /** The name or the value that it speaks of. */
  readonly at: SourceRange;
  /** What only the user knows and would have to add; without it nothing is guessed. */
  readonly wants: readonly Want[];
}

/** A number that is missing. */
export interface Want {
  /** The key that would hold it, as a path from its part: `failures.mtbf`. */
  readonly key: string;
  /** The part that it belongs to, in words, where that is another one: `'payments'`. */
  readonly to?: string;
  /** The file to write it in, in words, where that is another one. */
  readonly file?: string;
  /** What could be seen with it. */
  readonly tells: string;
}
