/** Values of a model as a native config writes them, with whose default they are. */
import { DEFAULTS } from '../config/generated/defaults.ts';
import type { Latency } from '../model/model.ts';
import type { PlainValue } from '../model/plain-value.ts';
import type { Source, Sourced } from '../model/source.ts';
import { parseDuration, parseRatio } from '../time/index.ts';

/** What is written of a value, and where it is from. */
export interface Said {
  readonly value: PlainValue;
  readonly source: Source;
}

/** A mapping of a native config, with what is to be said of it beside it. */
export interface Part {
  readonly value: Readonly<Record<string, PlainValue>>;
  readonly remarks: readonly string[];
}

type Rows = Readonly<Record<string, Said | PlainValue | undefined>>;

/** The keys of a definition that say more than nothing, and which of them are defaults of another tool. */
export function said(definition: string, rows: Rows): Part {
  const value: Record<string, PlainValue> = {};
  const defaults = new Map<string, string[]>();
  const usual = (DEFAULTS as Readonly<Record<string, Readonly<Record<string, unknown>>>>)[
    definition
  ];
  for (const [key, row] of Object.entries(rows)) {
    if (row === undefined) continue;
    if (!isSaid(row)) {
      value[key] = row;
      continue;
    }
    const { source } = row;
    const isNative = source.kind === 'default' && source.of === undefined;
    if (isNative && isSame(row.value, usual?.[key])) continue;
    value[key] = row.value;
    if (source.kind === 'default' && source.of !== undefined) {
      defaults.set(source.of, [...(defaults.get(source.of) ?? []), key]);
    }
  }
  const remarks = [...defaults].map(([of, keys]) => `Default of ${of}: ${keys.join(', ')}.`);
  return { value, remarks };
}

/** Without what holds nothing. */
export function unlessEmpty({ value }: Part): PlainValue | undefined {
  return Object.keys(value).length === 0 ? undefined : value;
}

export function plain(sourced: Sourced<PlainValue> | undefined): Said | undefined {
  return sourced && { value: sourced.value, source: sourced.source };
}

/** A whole number of at least so much. */
export function count(sourced: Sourced<number> | undefined, least = 1): Said | undefined {
  const value = sourced && Math.max(least, Math.round(sourced.value));
  return sourced && Number.isFinite(value) ? { ...sourced, value: value as number } : undefined;
}

export function duration(sourced: Sourced<number> | undefined): Said | undefined {
  const value = sourced && durationText(sourced.value);
  return sourced && value !== undefined ? { value, source: sourced.source } : undefined;
}

export function rate(sourced: Sourced<number> | undefined): Said | undefined {
  return sourced && { value: `${decimal(sourced.value)}/s`, source: sourced.source };
}

export function latency(sourced: Sourced<Latency>): Said {
  return { value: latencyValue(sourced.value), source: sourced.source };
}

const UNITS = [
  ['h', 3_600_000],
  ['m', 60_000],
  ['s', 1_000],
] as const;

/** Exactly, in the largest unit that it is a whole number of; nothing for what has no end. */
export function durationText(ms: number): string | undefined {
  if (!Number.isFinite(ms) || ms < 0) return undefined;
  if (ms === 0) return '0s';
  for (const [unit, unitMs] of UNITS)
    if (ms % unitMs === 0) return `${decimal(ms / unitMs)}${unit}`;
  return ms > 1_000 ? `${decimal(ms / 1_000)}s` : `${decimal(ms)}ms`;
}

/** Without an exponent, and without the noise of binary fractions. */
export function decimal(value: number): string {
  const text = String(Number(value.toPrecision(12)));
  return text.includes('e') ? value.toFixed(12).replace(/\.?0+$/, '') : text;
}

function latencyValue(value: Latency): PlainValue {
  const text = (ms: number) => durationText(ms) ?? '0s';
  switch (value.kind) {
    case 'constant':
      return text(value.ms);
    case 'uniform':
      return { min: text(value.minMs), max: text(value.maxMs) };
    case 'exponential':
      return { mean: text(value.meanMs) };
    case 'lognormal':
      return { p50: text(value.p50Ms), p99: text(value.p99Ms) };
    case 'weibull':
      return { p50: text(value.p50Ms), shape: value.shape };
    case 'empirical':
      return {
        percentiles: Object.fromEntries(
          value.quantiles.map(({ share, ms }) => [`p${decimal(share * 100)}`, text(ms)]),
        ),
      };
  }
}

function isSaid(row: Said | PlainValue): row is Said {
  return typeof row === 'object' && row !== null && 'source' in row && 'value' in row;
}

function isSame(value: PlainValue, usual: unknown): boolean {
  return canonical(value) === canonical(usual);
}

function canonical(value: unknown): string {
  if (typeof value !== 'string') return JSON.stringify(value);
  return JSON.stringify(parseDuration(value) ?? parseRatio(value) ?? value);
}
