import type { SourceRange } from '../model/source.ts';

/**
 * A part of a model with all of its places replaced by one: where the file that it is written in is
 * imported. So whoever shows a place of it in the importing file shows one that is there.
 */
export function relocated<T>(value: T, at: SourceRange): T {
  return relocate(value, at) as T;
}

function relocate(value: unknown, at: SourceRange): unknown {
  if (typeof value !== 'object' || value === null) return value;
  if (Array.isArray(value)) return value.map((one) => relocate(one, at));
  if (value instanceof Map) {
    return new Map([...value].map(([key, one]) => [key, relocate(one, at)]));
  }
  if (isPlace(value)) return at;
  return Object.fromEntries(Object.entries(value).map(([key, one]) => [key, relocate(one, at)]));
}

function isPlace(value: object): value is SourceRange {
  return 'file' in value && 'start' in value && 'end' in value;
}
