/** Says whether a value that came from outside has the shape of a `T`. */
export type Guard<T> = (value: unknown) => value is T;

export const isString: Guard<string> = (value) => typeof value === 'string';
export const isNumber: Guard<number> = (value) => typeof value === 'number';

export const isBoolean: Guard<boolean> = (value) => typeof value === 'boolean';

/** A whole number from 0 on, as lines and columns are. */
export const isIndex: Guard<number> = (value): value is number =>
  Number.isInteger(value) && Number(value) >= 0;

export function isOneOf<const T extends string | number>(...choices: readonly T[]): Guard<T> {
  return (value): value is T => (choices as readonly unknown[]).includes(value);
}

export function isListOf<T>(item: Guard<T>): Guard<readonly T[]> {
  return (value): value is readonly T[] => Array.isArray(value) && value.every(item);
}

export function isRecordOf<T>(item: Guard<T>): Guard<Readonly<Record<string, T>>> {
  return (value): value is Readonly<Record<string, T>> =>
    isObject(value) && Object.values(value).every(item);
}

export function orNull<T>(guard: Guard<T>): Guard<T | null> {
  return (value): value is T | null => value === null || guard(value);
}

export function orMissing<T>(guard: Guard<T>): Guard<T | undefined> {
  return (value): value is T | undefined => value === undefined || guard(value);
}

/** Needs a guard for every field of `T`, so a new field cannot be forgotten; others are let pass. */
export function hasShape<T extends object>(
  fields: {
    readonly [Key in keyof T]-?: Guard<T[Key]>;
  },
): Guard<T> {
  const guards = Object.entries<Guard<unknown>>(fields);
  return (value): value is T =>
    isObject(value) && guards.every(([name, guard]) => guard(value[name]));
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
