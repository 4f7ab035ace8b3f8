/** How counts and lists read in a sentence; wherever Faultline speaks to people. */

/** Groups digits without ever breaking the line. */
const THIN_SPACE = '\u202f';

/** `24 013`: a whole number, grouped from five digits on; a dash for what is no number. */
export function countText(count: number): string {
  if (!Number.isFinite(count)) return '–';
  const digits = String(Math.round(count));
  return digits.length < 5 ? digits : digits.replace(/\B(?=(\d{3})+$)/g, THIN_SPACE);
}

/** `0.0034`, `4.31`, `128`, `24 013`: three digits that mean something, no more. */
export function numberText(value: number): string {
  if (!Number.isFinite(value)) return value === Number.POSITIVE_INFINITY ? '∞' : '–';
  return Math.abs(value) >= 100 ? countText(value) : `${Number(value.toPrecision(3))}`;
}

/** `1 failure`, `2 failures`; `one` must form its plural with an `s` unless `many` is given. */
export function plural(count: number, one: string, many = `${one}s`): string {
  return `${countText(count)} ${count === 1 ? one : many}`;
}

/**
 * `a, b and c`.
 *
 * @param most how many are named; the rest is counted: `a, b and 3 more`
 */
export function listed(
  words: readonly string[],
  joiner: 'and' | 'or' = 'and',
  most = Number.POSITIVE_INFINITY,
): string {
  const shown = words.slice(0, most);
  const rest = words.length - shown.length;
  if (rest > 0) shown.push(`${rest} more`);
  const last = shown.pop() ?? '';
  return shown.length === 0 ? last : `${shown.join(', ')} ${joiner} ${last}`;
}

/** Cut to what fits into a sentence: a whole file pasted as one value does not. */
export function shortened(text: string, most = 60): string {
  return text.length <= most ? text : `${text.slice(0, most - 1)}…`;
}
