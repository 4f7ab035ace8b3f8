import type { Model } from './model.ts';
import type { PlainValue } from './plain-value.ts';

/** The settings that rules speak of whatever the format, by the names that Faultline gives them. */
export type Term = 'attempts' | 'timeout' | 'deadline';

/** What a format calls a setting, and how it writes its values. */
export interface Wording {
  readonly key: string;
  /** A value in the format's own terms: of `attempts` its retries. As it is, if absent. */
  readonly write?: (value: PlainValue) => PlainValue;
}

/** The words of a format that is not Faultline's own. What is missing cannot be said in it. */
export type Wordings = Readonly<Partial<Record<Term, Wording>>>;

/** What the format that a model was read from calls a setting; none where it has no such setting. */
export function wordingOf({ wordings }: Model, term: Term): Wording | undefined {
  return wordings ? wordings[term] : { key: term };
}
