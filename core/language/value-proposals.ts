import { type Config, type JsonSchema, quantityOf, type TextRange } from '../config/index.ts';
import type { Cursor } from './cursor.ts';
import { NAME_NOUNS, type NameKind, namesOf } from './names.ts';
import { namesFor } from './names-for.ts';
import { scalarText } from './snippet.ts';

/** Something that can be written, and what there is to say of it. */
export interface Proposal {
  readonly label: string;
  readonly kind: 'key' | 'value' | 'name' | 'unit' | 'block';
  readonly text: string;
  readonly detail?: string;
  /** Where more is said: in the schema, or of the part with a name. */
  readonly documented?:
    | { readonly pointer: string }
    | { readonly name: string; readonly nameKind: NameKind };
  /** Lower ones come first. */
  readonly rank: number;
}

/** What can stand behind a key, or as an item of a list. */
export function valueProposals(
  config: Config,
  cursor: Cursor,
  schema: JsonSchema,
  typed: string,
): Proposal[] {
  const { model, text } = config;
  const isOther = ({ start, end }: TextRange) =>
    end < cursor.range.start || start > cursor.range.end;
  const written = (value: string | number | boolean) =>
    cursor.isQuoted && typeof value === 'string'
      ? value.replace(/["\\]/g, '\\$&')
      : scalarText(value, cursor.isFlow);
  const value = (one: string | number | boolean, detail?: string): Proposal => ({
    label: String(one),
    kind: 'value',
    text: written(one),
    rank: 1,
    ...(detail !== undefined && { detail }),
  });
  const usual = schema.default;
  const note = (one: unknown) => (one === usual ? 'default' : undefined);

  if (schema.const !== undefined) return [value(schema.const as number)];
  if (schema.enum) return schema.enum.map((one) => value(one, note(one)));
  if (schema.type === 'boolean') return [true, false].map((one) => value(one, note(one)));
  if (schema['x-reference'] !== undefined) {
    return namesFor(model, schema['x-reference']).map(({ kind, name }) => ({
      label: name,
      kind: 'name',
      text: written(name),
      detail: NAME_NOUNS[kind],
      documented: { name, nameKind: kind },
      rank: 1,
    }));
  }
  const domain = cursor.path[0] === 'redundancy' ? DOMAINS[cursor.path.at(-1) ?? ''] : undefined;
  if (domain) {
    // What is only written here is what is being typed.
    const names = namesOf(model)
      .ofKind(domain)
      .filter(({ uses }) => uses.some(isOther));
    return names.map(({ name }) => ({ ...value(name, domain), kind: 'name' as const }));
  }
  const units = unitProposals(schema, typed, cursor.isQuoted);
  if (units.length > 0) return units;
  const examples = [usual, ...(schema.examples ?? [])].filter(isScalar);
  const all = new Map(examples.map((one) => [String(one), value(one, note(one))]));
  return [...all.values()].filter(
    ({ label }) => label !== text.slice(cursor.range.start, cursor.range.end),
  );
}

const DOMAINS: Readonly<Record<string, 'zone' | 'region'>> = { zone: 'zone', region: 'region' };

const UNITS = {
  Duration: [
    ['ms', 'milliseconds'],
    ['s', 'seconds'],
    ['m', 'minutes'],
    ['h', 'hours'],
    ['d', 'days'],
  ],
  Rate: [
    ['/s', 'a second'],
    ['/min', 'a minute'],
    ['/h', 'an hour'],
    ['k/s', 'thousand a second'],
  ],
  Ratio: [['%', 'percent']],
} as const;

/** A number that is typed, with each unit that it may have. */
function unitProposals(schema: JsonSchema, typed: string, isQuoted: boolean): Proposal[] {
  const quantity = quantityOf(schema);
  const parts = /^((?:\d+(?:\.\d+)?(?:ms|s|min|m|h|d))*)(\d+(?:\.\d+)?)[a-z/%]*$/.exec(typed);
  if (!quantity || !parts) return [];
  const [, before = '', number = ''] = parts;
  if (before !== '' && quantity !== 'Duration') return [];
  return UNITS[quantity].map(([unit, meaning]) => {
    const text = `${before}${number}${unit}`;
    return {
      label: text,
      kind: 'unit',
      text: isQuoted ? text : scalarText(text, false),
      detail: `${number} ${meaning}`,
      rank: 0,
    };
  });
}

function isScalar(value: unknown): value is string | number | boolean {
  return ['string', 'number', 'boolean'].includes(typeof value);
}
