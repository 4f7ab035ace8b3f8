import {
  entryOf,
  type MappingEntry,
  type MappingNode,
  type SyntaxNode,
} from '../../config/syntax/node.ts';
import type { Sourced, SourceRange } from '../../model/source.ts';
import { usual } from '../defaults.ts';
import type { FormatDocument } from '../document.ts';
import { Fields } from '../fields.ts';
import { DOTNET, STRATEGIES, spelled } from './names.ts';
import { parseTimeSpan } from './time-span.ts';

/**
 * `standard` is bound to the options of the standard handler, `hedging` to those of the hedging one.
 * A `pipeline` has strategies of Polly, and nobody knows what reads them.
 */
export type HandlerKind = 'standard' | 'hedging' | 'pipeline';

/** A section with the options of a resilience handler. */
export interface Handler {
  readonly kind: HandlerKind;
  /** As the configuration names it: `Resilience:Http`. */
  readonly path: string;
  readonly fields: Fields;
}

/** What a JSON file says. */
export interface Settings {
  readonly file: string;
  readonly handlers: readonly Handler[];
}

const DEEPEST = 8;
/** No time of a handler may be longer than a day. */
export const LONGEST_MS = 86_400_000;
const TIMEOUTS = ['AttemptTimeout', 'TotalRequestTimeout'];
const HEDGING = ['Hedging', 'Endpoint'];

export function hasHandler(root: MappingNode): boolean {
  for (const _ of sectionsOf(root, '', 0)) return true;
  return false;
}

export function readSettings({ fields: { at }, file, root }: FormatDocument): Settings {
  const handlers = [...sectionsOf(root, '', 0)].map(({ kind, nameAt, node, path }) => ({
    kind,
    path,
    fields: new Fields(inUsualSpelling(node, 3), nameAt ? { file, ...nameAt } : at),
  }));
  return { file, handlers };
}

interface Section {
  readonly kind: HandlerKind;
  readonly path: string;
  readonly nameAt?: { readonly start: number; readonly end: number };
  readonly node: MappingNode;
}

/** The sections of a file that have the shape of a handler, however they are called. */
function* sectionsOf(node: MappingNode, path: string, depth: number): Generator<Section> {
  for (const { key, keyRange, value } of node.entries) {
    if (value.kind !== 'mapping') continue;
    const own = path === '' ? key : `${path}:${key}`;
    const kind = kindOf(value);
    if (kind) yield { kind, path: own, nameAt: keyRange, node: value };
    else if (depth < DEEPEST) yield* sectionsOf(value, own, depth + 1);
  }
}

/**
 * Two strategies or more, with settings that they have and nothing else: a project's own options may
 * have some of the names.
 */
function kindOf(node: MappingNode): HandlerKind | undefined {
  const parts = node.entries.map((entry) => ({ ...entry, key: spelled(entry.key) }));
  const strategies = parts.filter(
    ({ key, value }) => key in STRATEGIES && value.kind === 'mapping',
  );
  if (strategies.length < 2) return undefined;
  const has = (keys: readonly string[]) => strategies.some(({ key }) => keys.includes(key));
  const isCertain = strategies.some(
    ({ key, value }) => TIMEOUTS.includes(key) && entriesOf(value).some(isTimeout),
  );
  // Other parts and settings beside the certain ones are slips; else they show that it is something else.
  if (!isCertain) {
    const isClosed = parts.length === strategies.length && strategies.every(isOnlyKnown);
    return isClosed && strategies.some(hasNumbers) ? 'pipeline' : undefined;
  }
  if (has(HEDGING)) return has(['Retry']) ? undefined : 'hedging';
  return has(['Timeout']) ? 'pipeline' : 'standard';
}

function entriesOf(node: SyntaxNode): readonly MappingEntry[] {
  return node.kind === 'mapping' ? node.entries : [];
}

function isTimeout({ key, value }: MappingEntry): boolean {
  return spelled(key) === 'Timeout' && value.kind === 'scalar';
}

function isOnlyKnown({ key, value }: MappingEntry): boolean {
  return entriesOf(value).every((entry) => STRATEGIES[key]?.includes(spelled(entry.key)));
}

/** Settings whose names Polly alone has. */
function hasNumbers({ value }: MappingEntry): boolean {
  return entriesOf(value).some(({ key }) =>
    ['MaxRetryAttempts', 'FailureRatio', 'MinimumThroughput', 'MaxHedgedAttempts'].includes(
      spelled(key),
    ),
  );
}

function inUsualSpelling(node: SyntaxNode, depth: number): SyntaxNode {
  if (node.kind !== 'mapping' || depth === 0) return node;
  const entries = node.entries.map((entry) => ({
    ...entry,
    key: spelled(entry.key),
    value: inUsualSpelling(entry.value, depth - 1),
  }));
  return { ...node, entries };
}

export function timeOf(fields: Fields, key: string): Sourced<number> | undefined {
  return fields.read(key, (value) => parseTimeSpan(String(value).trim()));
}

export function numberOf(fields: Fields, key: string): Sourced<number> | undefined {
  return fields.read(key, (value) => {
    const number = typeof value === 'string' && value.trim() !== '' ? Number(value) : value;
    return typeof number === 'number' && Number.isFinite(number) ? number : undefined;
  });
}

/** What is written, else the default; `undefined` if nobody can know it. */
export function orUsual<T>(
  fields: Fields,
  key: string,
  read: (fields: Fields, key: string) => Sourced<T> | undefined,
  otherwise: T,
  at: SourceRange = fields.at,
): Sourced<T> | undefined {
  return fields.has(key) ? read(fields, key) : usual(otherwise, at, DOTNET);
}

/** The times of a standard or hedging handler, where they are known. */
export interface Times {
  readonly attemptMs?: Sourced<number>;
  readonly totalMs?: Sourced<number>;
  readonly samplingMs?: Sourced<number>;
}

export function timesOf({ fields, kind }: Handler): Times {
  const inner = kind === 'hedging' ? fields.part('Endpoint') : fields;
  const attempt = inner.part(kind === 'hedging' ? 'Timeout' : 'AttemptTimeout');
  const attemptMs = orUsual(attempt, 'Timeout', timeOf, 10_000);
  const totalMs = orUsual(fields.part('TotalRequestTimeout'), 'Timeout', timeOf, 30_000);
  const samplingMs = orUsual(inner.part('CircuitBreaker'), 'SamplingDuration', timeOf, 30_000);
  // What is refused in any case contradicts nothing.
  const isPossible = ({ value }: Sourced<number>) => value <= LONGEST_MS;
  return {
    ...(attemptMs && isPossible(attemptMs) && { attemptMs }),
    ...(totalMs && isPossible(totalMs) && { totalMs }),
    ...(samplingMs && isPossible(samplingMs) && { samplingMs }),
  };
}

/** Whether something stands below names, in any spelling, of a handler. */
export function saysAt({ fields }: Handler, ...path: readonly string[]): boolean {
  let node: SyntaxNode | undefined = fields.node;
  for (const key of path) node = node?.kind === 'mapping' ? entryOf(node, key)?.value : undefined;
  return node !== undefined;
}
