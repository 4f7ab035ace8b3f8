import type { Sourced, SourceRange } from '../../model/source.ts';

/** A value that is written and changes nothing. */
export interface Useless {
  readonly at: SourceRange;
  /** Why, and what to do. */
  readonly message: string;
  /** Its key, where taking it out changes nothing either: its default has no effect as well. */
  readonly removable?: string;
}

type Values = Readonly<Record<string, Pick<Sourced<unknown>, 'source'> | undefined>>;

/**
 * The values that are written, by their keys, as useless for a reason.
 *
 * @param owner whose they are, as a message says it: `'search'`
 */
export function uselessWhere(
  isSo: boolean,
  owner: string,
  values: Values,
  reason: string,
): readonly Useless[] {
  return idleWhere(isSo, owner, values, reason).map((useless, index) => {
    const key = writtenKeys(values)[index];
    return key === undefined ? useless : { ...useless, removable: key };
  });
}

/** As `uselessWhere`, where the default that would stand in for the value has an effect. */
export function idleWhere(
  isSo: boolean,
  owner: string,
  values: Values,
  reason: string,
): readonly Useless[] {
  if (!isSo) return [];
  return writtenKeys(values).flatMap((key) => {
    const at = values[key]?.source.at;
    return at ? { at, message: `'${key}' of ${owner} has no effect: ${reason}` } : [];
  });
}

function writtenKeys(values: Values): readonly string[] {
  return Object.keys(values).filter((key) => values[key]?.source.kind === 'explicit');
}
