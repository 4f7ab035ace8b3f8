/**
 * How Envoy's settings are written: as the JSON form of protocol buffers, in which a key may stand in
 * snake_case or in lowerCamelCase, and a duration is a number of seconds.
 */
import type { MappingEntry, SyntaxNode } from '../../config/syntax/node.ts';
import type { Sourced, SourceRange } from '../../model/source.ts';
import { usual } from '../defaults.ts';
import type { Fields } from '../fields.ts';
import { parseGoDuration } from '../go-duration.ts';

export const ENVOY = 'Envoy';

/** A value for which Envoy refuses the file. */
export interface RefusedDuration {
  readonly at: SourceRange;
  readonly key: string;
  readonly text: string;
  /** What it most likely means, as Envoy would accept it. */
  readonly meant: string;
  /** Whether it can mean nothing else. */
  readonly isSure: boolean;
}

/** The same tree with every key in snake_case, which is how messages speak of them. */
export function inSnakeCase(root: SyntaxNode): SyntaxNode {
  const done = new Map<SyntaxNode, SyntaxNode>();
  const convert = (node: SyntaxNode): SyntaxNode => {
    if (node.kind === 'scalar') return node;
    const known = done.get(node);
    if (known) return known;
    const converted: SyntaxNode =
      node.kind === 'sequence'
        ? { ...node, items: node.items.map(convert) }
        : { ...node, entries: node.entries.map(convertEntry) };
    done.set(node, converted);
    return converted;
  };
  const convertEntry = ({ key, keyRange, value }: MappingEntry): MappingEntry => ({
    key: snakeCase(key),
    keyRange,
    value: convert(value),
  });
  return convert(root);
}

/** Only what can be the name of a field is one; others are names that somebody chose. */
function snakeCase(key: string): string {
  return /^[a-z]+(?:[A-Z0-9][a-z0-9]*)+$/.test(key)
    ? key.replaceAll(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`)
    : key;
}

/** Milliseconds. What Envoy refuses is put on a list. */
export function readDuration(
  fields: Fields,
  key: string,
  refused: RefusedDuration[],
): Sourced<number> | undefined {
  return fields.read(key, (value) => {
    const text = String(value);
    const [, seconds] = /^(-?\d+(?:\.\d{1,9})?)s$/.exec(text) ?? [];
    if (seconds !== undefined) return Number((Number(seconds) * 1_000).toPrecision(12));
    const at = fields.valueAt(key);
    const ms = typeof value === 'number' ? value * 1_000 : parseGoDuration(text);
    if (at && ms !== undefined && Number.isFinite(ms) && ms >= 0) {
      const isSure = typeof value !== 'number';
      refused.push({ at, key, text, meant: secondsOf(ms), isSure });
    }
    return undefined;
  });
}

/** As a duration is written. */
export function secondsOf(ms: number): string {
  return `${Number((ms / 1_000).toFixed(9))}s`;
}

/** Whole numbers may be written as text, too. */
export function readCount(fields: Fields, key: string): Sourced<number> | undefined {
  return fields.read(key, (value) => {
    const number = typeof value === 'string' && /^\d+$/.test(value) ? Number(value) : value;
    return typeof number === 'number' && Number.isInteger(number) && number >= 0
      ? number
      : undefined;
  });
}

export function countOr(fields: Fields, key: string, otherwise: number): Sourced<number> {
  return readCount(fields, key) ?? usual(otherwise, fields.at, ENVOY);
}

/** A `Percent`, which is a mapping with a value in it. */
export function percentOr(fields: Fields, key: string, otherwise: number): Sourced<number> {
  const part = fields.part(key);
  return part.number('value') ?? usual(otherwise, part.exists ? part.at : fields.at, ENVOY);
}
