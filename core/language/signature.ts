import {
  type Config,
  type JsonSchema,
  type Quantity,
  quantityOf,
  RESILIENCE,
} from '../config/index.ts';
import { formatDuration, parseDuration, parseRate, parseRatio } from '../time/index.ts';
import { cursorAt } from './cursor.ts';
import { pointerOf } from './pointer.ts';

/** What a number behind a key means. */
export interface QuantitySignature {
  /** `timeout: 1m30s`. */
  readonly label: string;
  /** The numbers with their units in the label, as offsets in it, and what each says. */
  readonly parts: readonly {
    readonly start: number;
    readonly end: number;
    readonly says: string;
  }[];
  /** The part that the cursor is in, or behind. */
  readonly active: number;
  /** What the whole comes to; absent while it is not understood. */
  readonly total?: string;
  readonly schema: JsonSchema;
}

/** Says of the quantity that is being typed at an offset what it means, and what is expected. */
export function signatureAt(config: Config, offset: number): QuantitySignature | undefined {
  const cursor = cursorAt(config, offset);
  if (cursor?.place !== 'value') return undefined;
  const schema = RESILIENCE.at(pointerOf(cursor.path));
  const quantity = quantityOf(schema);
  if (!quantity) return undefined;
  const written = config.text.slice(cursor.range.start, cursor.range.end);
  const head = `${cursor.path.at(-1)}: `;
  const label = head + (written === '' ? PLACEHOLDERS[quantity] : written);
  const parts = [...written.matchAll(PART)].map(({ 0: all, index }) => ({
    start: head.length + index,
    end: head.length + index + all.length,
    says: saysOf(all, quantity),
  }));
  const typed = head.length + offset - cursor.range.start;
  const active = parts.findLastIndex(({ start }) => start < typed);
  const total = totalOf(written, quantity);
  return {
    label,
    parts,
    active: Math.max(0, active),
    schema,
    ...(total !== undefined && { total }),
  };
}

const PART = /\d+(?:\.\d+)?\s*(?:k?\/?[a-z]+|%)?/g;
const PLACEHOLDERS: Readonly<Record<Quantity, string>> = {
  Duration: '<number><ms|s|m|h|d>',
  Rate: '<number>/<s|min|h>',
  Ratio: '<number>%',
};
const UNITS: Readonly<Record<string, string>> = {
  ms: 'milliseconds',
  s: 'seconds',
  m: 'minutes',
  min: 'minutes',
  h: 'hours',
  d: 'days',
};

function saysOf(part: string, quantity: Quantity): string {
  const [, number = '', unit = ''] = /^([\d.]+)\s*(.*)$/.exec(part) ?? [];
  if (quantity === 'Duration') {
    const name = UNITS[unit];
    if (name) return `${number} ${number === '1' ? name.replace(/s$/, '') : name}`;
    return `${number}, and a unit is missing`;
  }
  if (quantity === 'Rate') return unit === '' ? `${number}, and a unit is missing` : part;
  return unit === '%' ? `${number} of a hundred` : `${number} of one`;
}

function totalOf(written: string, quantity: Quantity): string | undefined {
  if (quantity === 'Duration') {
    const ms = parseDuration(written);
    if (ms === undefined) return undefined;
    const seconds = ms / 1000;
    return `${formatDuration(ms)} = ${count(seconds)} s = ${count(ms)} ms`;
  }
  if (quantity === 'Rate') {
    const rate = parseRate(written);
    return rate === undefined ? undefined : `${count(rate)} a second, ${count(rate * 60)} a minute`;
  }
  const number = /^\d*\.?\d+$/.test(written) ? Number(written) : undefined;
  const ratio = number !== undefined && number <= 1 ? number : parseRatio(written);
  if (ratio === undefined || ratio === 0) return undefined;
  return `1 in ${count(1 / ratio)}; the rest is 1 in ${ratio === 1 ? '∞' : count(1 / (1 - ratio))}`;
}

function count(value: number): string {
  return value.toLocaleString('en-US', { maximumFractionDigits: value < 1 ? 6 : 2 });
}
