import type { Fix, Span } from '../../model/fix.ts';
import type { PlainValue } from '../../model/plain-value.ts';
import type { Sourced } from '../../model/source.ts';
import { formatDuration } from '../../time/index.ts';

/**
 * Writes another value. How much is right is for the author to decide, so it is never done unasked.
 *
 * @param owner a name or a value of the mapping that the key goes into where it is not written;
 * without one there is no fix for what is not
 */
export function setTo(
  key: string,
  { source }: Pick<Sourced<unknown>, 'source'>,
  value: PlainValue,
  owner?: Span,
): readonly Fix[] {
  const title = `Set ${key} to ${value}`;
  if (source.kind === 'explicit') {
    return [{ title, safe: false, changes: [{ kind: 'replace', at: source.at, value }] }];
  }
  return owner ? [add(key, value, owner, title)] : [];
}

/** Writes a key that is not there. */
export function addKey(key: string, value: PlainValue, owner: Span): readonly Fix[] {
  return [add(key, value, owner, `Add ${key}: ${value}`)];
}

/** A duration as it is written in a file, whole milliseconds from one on. */
export function writtenDuration(ms: number): string {
  return formatDuration(ms < 1 ? ms : Math.round(ms)).replaceAll(' ', '');
}

function add(key: string, value: PlainValue, owner: Span, title: string): Fix {
  return { title, safe: false, changes: [{ kind: 'put', owner, key, value }] };
}
