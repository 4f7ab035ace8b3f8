/** A stretch of one file, as UTF-16 offsets: `start` inclusive, `end` exclusive. */
export interface SourceRange {
  readonly file: string;
  readonly start: number;
  readonly end: number;
}

/**
 * Where a value comes from. `at` is always a place in the user's file: the value itself when it
 * is written there, else the nearest thing that is (the owner's name), so everything can be
 * clicked.
 */
export type Source =
  | { readonly kind: 'explicit'; readonly at: SourceRange }
  | {
      readonly kind: 'default';
      readonly at: SourceRange;
      /** Whose default it is, where it is not that of Faultline's own format: `Dapr`. */
      readonly of?: string;
    };

/** A value of the model together with where it comes from. */
export interface Sourced<T> {
  readonly value: T;
  readonly source: Source;
}

/** The note a message adds to a value that the user did not write, so that nobody looks for it. */
export function defaultNote(value: Sourced<unknown>): string {
  const aside = defaultAside(value);
  return aside === '' ? '' : ` (${aside.slice(2)})`;
}

/** The same where there are brackets already: `, default of Istio`. */
export function defaultAside({ source }: Sourced<unknown>): string {
  if (source.kind !== 'default') return '';
  return source.of === undefined ? ', default' : `, default of ${source.of}`;
}

type ValuesOf<T> = {
  readonly [K in keyof T]: T[K] extends Sourced<infer V> | undefined ? V : T[K];
};

/** A part of the model with its values in place of values and their sources. */
export function valuesOf<T extends object>(part: T): ValuesOf<T> {
  const values = Object.entries(part).map(([key, value]): [string, unknown] => [
    key,
    isSourced(value) ? value.value : value,
  ]);
  return Object.fromEntries(values) as ValuesOf<T>;
}

function isSourced(value: unknown): value is Sourced<unknown> {
  return typeof value === 'object' && value !== null && 'value' in value && 'source' in value;
}
