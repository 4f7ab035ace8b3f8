import type { Fix, Span } from '../../model/fix.ts';
import type { PlainValue } from '../../model/plain-value.ts';
import type { Sourced } from '../../model/source.ts';
import type { Wording } from '../../model/wording.ts';
import { formatDuration } from '../../time/index.ts';

/**
 * Writes another value. How much is right is for the author to decide, so it is never done unasked.
 *
 * @param setting its key, or what the format calls it; nothing is written that it cannot say
 * @param owner a name or a value of the mapping that the key goes into where it is not written;
 * without one there is no fix for what is not
 */
export function setTo(
  setting: string | Wording | undefined,
  { source }: Pick<Sourced<unknown>, 'source'>,
  wanted: PlainValue,
  owner?: Span,
): readonly Fix[] {
  if (setting === undefined) return [];
  const { key, value } = written(setting, wanted);
  const title = `Set ${key} to ${value}`;
  if (source.kind === 'explicit') {
    return [{ title, safe: false, changes: [{ kind: 'replace', at: source.at, value }] }];
  }
  return owner ? [add(key, value, owner, title)] : [];
}

/** Writes a key that is not there. */
export function addKey(
  setting: string | Wording | undefined,
  wanted: PlainValue,
  owner: Span | undefined,
): readonly Fix[] {
  if (setting === undefined || owner === undefined) return [];
  const { key, value } = written(setting, wanted);
  return [add(key, value, owner, `Add ${key}: ${value}`)];
}

/** A duration as it is written in a file, whole milliseconds from one on. */
export function writtenDuration(ms: number): string {
  return formatDuration(ms < 1 ? ms : Math.round(ms)).replaceAll(' ', '');
}

function written(setting: string | Wording, value: PlainValue) {
  if (typeof setting === 'string') return { key: setting, value };
  return { key: setting.key, value: setting.write?.(value) ?? value };
}

function add(key: string, value: PlainValue, owner: Span, title: string): Fix {
  return { title, safe: false, changes: [{ kind: 'put', owner, key, value }] };
}
