import type { Sourced, SourceRange } from '../model/source.ts';

/** What a tool takes where nothing is written, shown at whom it is of. */
export function usual<T>(value: T, at: SourceRange, of: string): Sourced<T> {
  return { value, source: { kind: 'default', at, of } };
}

/** A value of the model that no format says and that has no effect there. */
export function unsaid<T>(value: T, at: SourceRange): Sourced<T> {
  return { value, source: { kind: 'default', at } };
}
