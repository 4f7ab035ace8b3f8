/**
 * Parts of the model of which a file says nothing (yet): all is at the defaults of Faultline's own
 * format, as if it were written in it with nothing but its name. Formats fill in what they say.
 */
import { lower } from '../config/lower/lower.ts';
import type { MappingNode, SyntaxNode } from '../config/syntax/node.ts';
import type {
  BreakerPolicy,
  BulkheadPolicy,
  Call,
  Group,
  Model,
  RetryPolicy,
  Service,
} from '../model/model.ts';
import type { Sourced, SourceRange } from '../model/source.ts';

export function blankModel(file: string): Model {
  return lower(undefined, file).model;
}

export function blankService(name: string, nameAt: SourceRange): Service {
  return lowered('services', name, nameAt).services.get(name) as Service;
}

export function blankGroup(name: string, nameAt: SourceRange): Group {
  return lowered('redundancy', name, nameAt).groups.get(name) as Group;
}

export function blankRetry(name: string, nameAt: SourceRange): RetryPolicy {
  return lowered('retries', name, nameAt).retries.get(name) as RetryPolicy;
}

export function blankBreaker(name: string, nameAt: SourceRange): BreakerPolicy {
  return lowered('circuitBreakers', name, nameAt).breakers.get(name) as BreakerPolicy;
}

export function blankBulkhead(name: string, nameAt: SourceRange): BulkheadPolicy {
  // Without a size there would be none.
  const size: SyntaxNode = { kind: 'scalar', range: nameAt, value: 1 };
  return lowered('bulkheads', name, nameAt, { size }).bulkheads.get(name) as BulkheadPolicy;
}

export function blankCall(to: Sourced<string>): Call {
  const { at } = to.source;
  const call = mapping(at, { to: { kind: 'scalar', range: at, value: to.value } });
  const calls: SyntaxNode = { kind: 'sequence', range: at, items: [call] };
  const service = lowered('services', 'caller', at, { calls }).services.get('caller') as Service;
  return { ...(service.calls[0] as Call), to };
}

/** By place and name: what did not change since the last time is not lowered again. */
const known = new WeakMap<SourceRange, Map<string, Model>>();

function lowered(
  section: string,
  name: string,
  at: SourceRange,
  entries: Readonly<Record<string, SyntaxNode>> = {},
): Model {
  const key = `${section} ${name}`;
  const here = known.get(at) ?? new Map<string, Model>();
  const model = here.get(key) ?? lowerOne(section, name, at, entries);
  known.set(at, here.set(key, model));
  return model;
}

function lowerOne(
  section: string,
  name: string,
  at: SourceRange,
  entries: Readonly<Record<string, SyntaxNode>>,
): Model {
  const root = mapping(at, { [section]: mapping(at, { [name]: mapping(at, entries) }) });
  return lower(root, at.file).model;
}

function mapping(at: SourceRange, entries: Readonly<Record<string, SyntaxNode>>): MappingNode {
  return {
    kind: 'mapping',
    range: at,
    entries: Object.entries(entries).map(([key, value]) => ({ key, keyRange: at, value })),
  };
}
