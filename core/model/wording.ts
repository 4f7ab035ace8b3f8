import type { Span } from './fix.ts';
import type { Call, Model } from './model.ts';
import type { PlainValue } from './plain-value.ts';

/** The settings that rules speak of whatever the format, by the names that Faultline gives them. */
export type Term = 'attempts' | 'timeout' | 'deadline';

/** What a format calls a setting, and how it writes its values. */
export interface Wording {
  readonly key: string;
  /** A value in the format's own terms: of `attempts` its retries. As it is, if absent. */
  readonly write?: (value: PlainValue) => PlainValue;
  /** A place of the mapping in which a call says it; none where there is no such mapping. */
  readonly ownerOf?: (call: Call) => Span | undefined;
}

/** The words of a format that is not Faultline's own. What is missing cannot be said in it. */
export type Wordings = Readonly<Partial<Record<Term, Wording>>>;

/** What the format that a model was read from calls a setting; none where it has no such setting. */
export function wordingOf({ wordings }: Model, term: Term): Wording | undefined {
  return wordings ? wordings[term] : { key: term };
}

/** Where a call says something of its own. */
export function ownerOf(wording: Wording | undefined, call: Call): Span | undefined {
  return wording?.ownerOf ? wording.ownerOf(call) : call.to.source.at;
}

/** How many tries those are in the format's own counting, where it counts in another way. */
export function attemptsNote(model: Model, from: number, to = from): string {
  const { key, write } = wordingOf(model, 'attempts') ?? {};
  if (!write) return '';
  return ` (${key} ${from === to ? write(from) : `${write(from)} to ${write(to)}`})`;
}
