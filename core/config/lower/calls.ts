import type { Cache, Call, Fallback, FallbackStep, Hedge } from '../../model/model.ts';
import type { Sourced } from '../../model/source.ts';
import { POLICY_ORDER, type PolicyKind } from '../../patterns/index.ts';
import { listed } from '../../text/words.ts';
import type { Problem } from '../problem.ts';
import { toPlainValue } from '../syntax/node.ts';
import { type ListItem, present, SectionReader, texts } from './reader.ts';

type CallReader = SectionReader<'Call'>;

/** A call that does not say where it goes is left out; the schema has asked for it. */
export function readCall(reader: CallReader, problems: Problem[]): Call[] {
  const to = reader.text('to');
  if (!to) return [];
  const call = present({
    to,
    operation: reader.choice('operation'),
    timeoutMs: reader.duration('timeout'),
    onTimeout: reader.choice('onTimeout'),
    deadlineMs: reader.duration('deadline'),
    retry: reader.text('retry'),
    hedge: readHedge(reader.section('hedge', 'Hedge')),
    rateLimiter: reader.text('rateLimiter'),
    concurrencyLimit: reader.text('concurrencyLimit'),
    breaker: reader.text('circuitBreaker'),
    bulkhead: reader.text('bulkhead'),
    connectionPool: reader.text('connectionPool'),
    idempotent: reader.boolean('idempotent'),
    cache: readCache(reader.section('cache', 'Cache')),
    fallback: readFallback(reader),
    order: readOrder(reader, problems),
  });
  return [{ ...call, at: reader.label, doubtful: reader.doubtful }];
}

function readHedge(reader: SectionReader<'Hedge'>): Hedge | undefined {
  const afterMs = reader.duration('after');
  if (reader.exists && !afterMs) reader.doubt();
  return afterMs && { at: reader.label, afterMs, attempts: reader.integer('attempts') };
}

function readCache(reader: SectionReader<'Cache'>): Cache | undefined {
  const maxAgeMs = reader.duration('maxAge');
  if (reader.exists && !maxAgeMs) reader.doubt();
  return (
    maxAgeMs && {
      at: reader.label,
      maxAgeMs,
      staleIfErrorMs: reader.duration('staleIfError'),
      keys: reader.integer('keys'),
    }
  );
}

/** One mapping with steps in their usual order, or a list of such mappings. */
function readFallback(reader: CallReader): Fallback | undefined {
  const node = reader.node('fallback')?.node;
  const label = reader.keyRange('fallback');
  if (!node || !label) return undefined;
  const items: readonly ListItem[] =
    node.kind === 'sequence' ? reader.items('fallback') : [{ node, at: label }];
  const readers = items.map((item) => new SectionReader('FallbackStep', item.node, item.at));
  const steps = readers.flatMap(readSteps);
  if (steps.length === 0 || readers.some(({ doubtful }) => doubtful)) reader.doubt();
  return steps.length > 0 ? { at: label, steps } : undefined;
}

function readSteps(reader: SectionReader<'FallbackStep'>): FallbackStep[] {
  const at = reader.label;
  const maxAgeMs = reader.duration('cache');
  const to = reader.text('call');
  const fixed = reader.node('default');
  const steps: (FallbackStep | undefined)[] = [
    maxAgeMs && { kind: 'cache', at, maxAgeMs, keys: reader.integer('keys') },
    to && present({ kind: 'call' as const, at, to, timeoutMs: reader.duration('timeout') }),
    fixed && { kind: 'default', at, value: toPlainValue(fixed.node) },
  ];
  return steps.filter((step) => step !== undefined);
}

/** What the call has must have a place; what it does not have keeps its usual one, behind. */
function readOrder(reader: CallReader, problems: Problem[]): Sourced<readonly PolicyKind[]> {
  const at = reader.keyRange('order');
  const written = texts(reader.items('order'))
    .map(({ value }) => value)
    .filter((value): value is PolicyKind => POLICY_ORDER.some((kind) => kind === value));
  if (!at || written.length === 0) {
    return { value: POLICY_ORDER, source: { kind: 'default', at: reader.label } };
  }
  const rest = POLICY_ORDER.filter((kind) => !written.includes(kind));
  const missing = rest.filter((kind) => reader.has(kind));
  if (missing.length > 0) {
    const message = `'order' does not say where ${listed(missing)} ${missing.length === 1 ? 'goes' : 'go'}, which this call has.`;
    problems.push({ kind: 'invalid-value', severity: 'error', message, range: at });
  }
  return { value: [...written, ...rest], source: { kind: 'explicit', at } };
}
