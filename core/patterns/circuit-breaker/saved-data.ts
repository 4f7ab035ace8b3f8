/**
 * Reads what a breaker has saved. It comes back from a file or another process, so it may be
 * anything: cut off, of another version, or made up.
 */

/** An error that says which value of a snapshot is wrong, and how. */
export function expected(name: string, what: string, value: unknown): RangeError {
  return new RangeError(`${name} must be ${what}, not ${describe(value)}`);
}

/** @throws RangeError unless `value` is an object. */
export function readObject(name: string, value: unknown): Readonly<Record<string, unknown>> {
  if (typeof value === 'object' && value !== null && !Array.isArray(value)) {
    return value as Readonly<Record<string, unknown>>;
  }
  throw expected(name, 'an object', value);
}

/** @throws RangeError unless `value` is an array of exactly `length`. */
export function readArray(name: string, value: unknown, length: number): readonly unknown[] {
  if (Array.isArray(value) && value.length === length) return value;
  throw expected(name, `a list of ${length}`, value);
}

/** @throws RangeError unless `value` is a whole number from 0 to `most`. */
export function readCount(
  name: string,
  value: unknown,
  most: number = Number.MAX_SAFE_INTEGER,
): number {
  if (typeof value === 'number' && Number.isInteger(value) && value >= 0 && value <= most) {
    return value;
  }
  throw expected(name, `a whole number from 0 to ${most}`, value);
}

/** @throws RangeError unless `value` is a number from 0 to `most`. */
export function readNumber(name: string, value: unknown, most: number = Number.MAX_VALUE): number {
  if (typeof value === 'number' && value >= 0 && value <= most) return value;
  throw expected(name, `a number from 0 to ${most}`, value);
}

/** @throws RangeError unless `value` is a text of up to `longest` characters in the given form. */
export function readText(name: string, value: unknown, longest: number, form: RegExp): string {
  if (typeof value === 'string' && value.length <= longest && form.test(value)) return value;
  throw expected(name, `up to ${longest} characters in the form ${form.source}`, value);
}

const LONGEST_QUOTE = 20;

function describe(value: unknown): string {
  if (typeof value === 'number') return `${value}`;
  if (value === null || value === undefined) return `${value}`;
  if (Array.isArray(value)) return `a list of ${value.length}`;
  if (typeof value !== 'string') return `a value of the type ${typeof value}`;
  if (value.length <= LONGEST_QUOTE) return `'${value}'`;
  return `a text of ${value.length} characters`;
}
