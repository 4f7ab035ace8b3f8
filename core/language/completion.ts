import type { Config, JsonSchema, TextRange } from '../config/index.ts';
import { RESILIENCE } from '../config/index.ts';
import type { PlainValue } from '../model/plain-value.ts';
import { type Cursor, cursorAt } from './cursor.ts';
import { entryProposals } from './entry-proposals.ts';
import { namesFor } from './names-for.ts';
import { pointerOf } from './pointer.ts';
import { escapeSnippet, type SnippetPlace, SnippetWriter } from './snippet.ts';
import { type Proposal, valueProposals } from './value-proposals.ts';

/** Something that can be written where the cursor is. */
export interface Completion extends Omit<Proposal, 'text' | 'rank'> {
  /** What is replaced. */
  readonly range: TextRange;
  /** In the syntax of LSP's snippets: what is likely to be changed is a stop. */
  readonly snippet: string;
  /** The same without stops, for editors that know no snippets. */
  readonly text: string;
  /** Orders proposals: required keys first, then as in the schema. */
  readonly sortText: string;
  /** Mends the indentation of the line, where it is wrong. */
  readonly besides?: { readonly range: TextRange; readonly newText: string };
}

/** A proposal that says for itself how it is written. */
interface Written extends Omit<Proposal, 'text'> {
  readonly snippet: string;
}

/**
 * What can be written at a place: keys with their blocks, values, names, units. Reads the lines
 * around the cursor, so that it works while the file is broken; never throws.
 */
export function completionsAt(config: Config, offset: number): Completion[] {
  const cursor = cursorAt(config, offset);
  if (!cursor) return [];
  const schema = RESILIENCE.at(pointerOf(cursor.path));
  const { range, wrongIndent } = cursor;
  // In front of quotes, and behind them, there is no word that a proposal could replace.
  if (offset < range.start || offset > range.end) return [];
  return proposalsAt(config, cursor, schema, offset).map(
    ({ rank, snippet, ...proposal }, index) => ({
      ...proposal,
      range,
      snippet,
      text: withoutStops(snippet),
      sortText: `${rank}${String(index).padStart(4, '0')}`,
      ...(wrongIndent && {
        besides: { range: wrongIndent, newText: ' '.repeat(cursor.indent) },
      }),
    }),
  );
}

function proposalsAt(
  config: Config,
  cursor: Cursor,
  schema: JsonSchema,
  offset: number,
): Written[] {
  const typed = config.text.slice(cursor.range.start, offset);
  const values = (): Written[] =>
    valueProposals(config, cursor, schema, typed).map(({ text, ...proposal }) => ({
      ...proposal,
      snippet: escapeSnippet(text),
    }));
  if (cursor.place === 'value') return [...values(), ...wholeValue(config, cursor, schema)];
  if (cursor.place === 'item') {
    const keys = cursor.isFlow ? [] : keyProposals(config, cursor, schema);
    return [...keys, ...values(), ...wholeValue(config, cursor, schema)];
  }
  if (schema.items && !schema.properties) return wholeItem(config, cursor, schema);
  if (schema.properties) return keyProposals(config, cursor, schema);
  if (typeof schema.additionalProperties !== 'object') return [];
  return entryProposals(config, cursor, typed).map(({ label, stop, ...entry }) => {
    const writer = new SnippetWriter(placeOf(config.text, cursor));
    const name = stop ? writer.stop(label) : escapeSnippet(label);
    const value = exampleAt(config, [...cursor.path, label]);
    const snippet = cursor.hasColon ? name : `${name}:${writer.behindKey(value)}`;
    return { label, ...entry, rank: 1, snippet };
  });
}

function keyProposals(config: Config, cursor: Cursor, schema: JsonSchema): Written[] {
  const { oneOf = [], properties = {}, required = [] } = schema;
  const alternatives = oneOf.map((one) => one.required);
  const chosen = alternatives.find((keys) => keys.some((key) => cursor.present.has(key)));
  const isOut = (key: string) =>
    chosen !== undefined &&
    !chosen.includes(key) &&
    alternatives.some((keys) => keys.includes(key));
  const isRequired = (key: string) =>
    required.includes(key) ||
    (chosen === undefined && alternatives.some((keys) => keys.includes(key)));
  return Object.keys(properties)
    .filter((key) => !cursor.present.has(key) && !isOut(key) && key !== '$schema')
    .map((key) => {
      const path = [...cursor.path, key];
      const { title } = RESILIENCE.at(pointerOf(path));
      return {
        label: key,
        kind: 'key',
        rank: isRequired(key) ? 0 : 1,
        documented: { pointer: pointerOf(path) },
        ...(title !== undefined && { detail: isRequired(key) ? `${title} (required)` : title }),
        snippet: cursor.hasColon ? key : `${key}:${behindKey(config, cursor, path)}`,
      };
    });
}

function behindKey(config: Config, cursor: Cursor, path: readonly string[]): string {
  const schema = RESILIENCE.at(pointerOf(path));
  const writer = new SnippetWriter(placeOf(config.text, cursor));
  const choices = choicesOf(config, schema);
  if (choices.length > 0 && choices.length <= MOST_CHOICES) return ` ${choice(choices)}`;
  return writer.behindKey(exampleAt(config, path));
}

/** Longer lists are looked up rather than stepped through. */
const MOST_CHOICES = 20;

function choicesOf(config: Config, schema: JsonSchema): readonly string[] {
  if (schema.enum) return schema.enum;
  if (schema.type === 'boolean')
    return [String(schema.default !== true), String(schema.default === true)];
  if (schema['x-reference'] === undefined) return [];
  return namesFor(config.model, schema['x-reference']).map(({ name }) => name);
}

function choice(choices: readonly string[]): string {
  return `\${1|${choices.map((one) => one.replace(/[\\,|]/g, '\\$&')).join(',')}|}`;
}

/** A mapping or list in brackets, with what is usual in it. */
function wholeValue(config: Config, cursor: Cursor, schema: JsonSchema): Written[] {
  const value = exampleAt(config, cursor.path);
  if (typeof value !== 'object' || value === null || cursor.isQuoted) return [];
  const writer = new SnippetWriter({ ...placeOf(config.text, cursor), isFlow: true });
  const snippet = writer.flow(value);
  return [wholeProposal(withoutStops(snippet), cursor.path, schema, snippet)];
}

function wholeItem(config: Config, cursor: Cursor, schema: JsonSchema): Written[] {
  const path = [...cursor.path, '0'];
  const writer = new SnippetWriter(placeOf(config.text, cursor));
  const value = exampleAt(config, path);
  const snippet = `- ${writer.item(value)}`;
  return [wholeProposal(withoutStops(snippet).split('\n')[0] as string, path, schema, snippet)];
}

function wholeProposal(
  label: string,
  path: readonly string[],
  { title }: JsonSchema,
  snippet: string,
): Written {
  return {
    label,
    kind: 'block',
    rank: 2,
    documented: { pointer: pointerOf(path) },
    ...(title !== undefined && { detail: title }),
    snippet,
  };
}

/** What is usually written at a place; names are such as the file has. */
function exampleAt(config: Config, path: readonly string[]): PlainValue {
  const schema = RESILIENCE.at(pointerOf(path));
  const written = schema.examples?.[0] ?? (isEmpty(schema.default) ? undefined : schema.default);
  if (schema.const !== undefined) return schema.const as PlainValue;
  if (written !== undefined) return fitted(config, path, written as PlainValue);
  if (schema.items) {
    const item = exampleAt(config, [...path, '0']);
    return item === '' ? [] : [item];
  }
  if (typeof schema.additionalProperties === 'object') {
    return { name: exampleAt(config, [...path, 'name']) };
  }
  const [name] = choicesOf(config, schema);
  return name ?? '';
}

function fitted(config: Config, path: readonly string[], value: PlainValue): PlainValue {
  const inside = (one: PlainValue, key: string) => fitted(config, [...path, key], one);
  if (Array.isArray(value)) return value.map((one) => inside(one, '0'));
  if (typeof value === 'object' && value !== null) {
    return Object.fromEntries(Object.entries(value).map(([key, one]) => [key, inside(one, key)]));
  }
  const reference = RESILIENCE.at(pointerOf(path))['x-reference'];
  if (reference === undefined) return value;
  return namesFor(config.model, reference)[0]?.name ?? value;
}

function isEmpty(value: unknown): boolean {
  return typeof value === 'object' && value !== null && Object.keys(value).length === 0;
}

function placeOf(text: string, { indent, isFlow }: Cursor): SnippetPlace {
  return { isFlow, indent: ' '.repeat(indent), unit: /^ +(?=[^\s#-])/m.exec(text)?.[0] ?? '  ' };
}

/** A snippet as plain text, each stop with what fills it. */
export function withoutStops(snippet: string): string {
  return snippet
    .replace(/\$\{\d+\|((?:\\.|[^,|\\])*)(?:\\.|[^|\\])*\|\}/g, '$1')
    .replace(/\$\{\d+:((?:\\.|[^}\\])*)\}|\$\d+/g, '$1')
    .replace(/\\([\\$},|])/g, '$1');
}
