import type { Change } from '../../model/fix.ts';
import type { Model } from '../../model/model.ts';
import type { PlainValue } from '../../model/plain-value.ts';
import type { Sourced } from '../../model/source.ts';
import { formatDuration } from '../../time/index.ts';

/** Something of a config that can be set otherwise. */
export interface Lever {
  /** Other settings than the present one, the smallest change first; at most one is made. */
  readonly settings: readonly Setting[];
}

export interface Setting {
  /** By `COSTS`. */
  readonly cost: number;
  /** Makes the change to a model, to which changes of other levers may have been made. */
  apply(model: Model): Applied;
}

export interface Applied {
  readonly model: Model;
  /** What was done, in the imperative. */
  readonly title: string;
  /** The same in terms of the text. */
  readonly changes: readonly Change[];
}

type Section = 'groups' | 'breakers' | 'bulkheads' | 'retries' | 'connectionPools' | 'services';
type Entry<S extends Section> = Model[S] extends ReadonlyMap<string, infer T> ? T : never;

/** A setting that makes one entry of a section another; `make` is given the entry as it is by then. */
export function entrySetting<S extends Section>(
  section: S,
  name: string,
  cost: number,
  make: (entry: Entry<S>, model: Model) => Omit<Applied, 'model'> & { readonly entry: Entry<S> },
): Setting {
  return {
    cost,
    apply(model) {
      const entries = model[section] as ReadonlyMap<string, Entry<S>>;
      const present = entries.get(name);
      if (present === undefined) return { model, title: '', changes: [] };
      const { entry, ...applied } = make(present, model);
      return { ...applied, model: { ...model, [section]: new Map(entries).set(name, entry) } };
    },
  };
}

/** A value in place of another, as if it were written. */
export function changed<T>({ source }: Sourced<unknown>, value: T): Sourced<T> {
  return { value, source: { kind: 'explicit', at: source.at } };
}

/** Writes a value in place of one, or beside the name of the part whose default it is. */
export function write({ source }: Sourced<unknown>, key: string, value: PlainValue): Change {
  return source.kind === 'explicit'
    ? { kind: 'replace', at: source.at, value }
    : { kind: 'put', owner: source.at, key, value };
}

/** A duration as configs write it: `1m30s`. */
export function writtenDuration(ms: number): string {
  return formatDuration(ms).replaceAll(' ', '');
}
