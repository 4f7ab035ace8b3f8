import type { Sourced } from '../../model/source.ts';
import type { Problem } from '../problem.ts';

/**
 * A limit that must not be below another value. Where both are written and contradict each other,
 * that is a problem; a default gives way to what is written.
 *
 * @param keys of the lower value and of the limit, as they are written.
 * @param format how a value is written in the message.
 */
export function notBelow(
  lower: Sourced<number>,
  limit: Sourced<number>,
  keys: readonly [lower: string, limit: string],
  format: (value: number) => string,
  problems: Problem[],
): Sourced<number> {
  if (limit.value >= lower.value) return limit;
  if (limit.source.kind === 'explicit' && lower.source.kind === 'explicit') {
    const [lowerKey, limitKey] = keys;
    const message = `'${limitKey}' is below '${lowerKey}' (${format(lower.value)}); it must not be less.`;
    problems.push({ kind: 'invalid-value', severity: 'error', message, range: limit.source.at });
  }
  return { ...limit, value: lower.value };
}

/** Tells of a value that is 0 where nothing would ever happen at 0. */
export function aboveZero<T extends Sourced<number> | undefined>(
  value: T,
  key: string,
  problems: Problem[],
): T {
  if (value?.value === 0) {
    const message = `'${key}' must be above 0.`;
    problems.push({ kind: 'invalid-value', severity: 'error', message, range: value.source.at });
  }
  return value;
}
