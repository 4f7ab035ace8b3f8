import { entryOf, type MappingNode, type SyntaxNode } from '../../config/syntax/node.ts';
import type { Sourced, SourceRange } from '../../model/source.ts';
import type { FormatDocument } from '../document.ts';
import { Fields } from '../fields.ts';

/**
 * A gRPC service config: what clients do with the methods of a server.
 * Source: grpc/grpc-proto, `service_config.proto`; grpc/proposal, A6.
 */
export interface ServiceConfig {
  readonly fields: Fields;
  readonly methods: readonly MethodConfig[];
  readonly throttling?: Fields;
  /**
   * It feeds the generators of Google's client libraries, which add to each policy how often to retry,
   * and no client reads it as it is.
   */
  readonly isForGenerators: boolean;
}

export interface MethodConfig {
  readonly fields: Fields;
  /** `package.Service/Method`, `package.Service` for all of its methods, nothing for all there are. */
  readonly names: readonly { readonly text: string; readonly at: SourceRange }[];
  /** For all attempts together. */
  readonly timeoutMs?: Sourced<number>;
  readonly retry?: Fields;
  readonly hedging?: Fields;
}

export const GRPC = 'gRPC';
/** No more attempts are made unless the client's code allows it. */
export const MOST_ATTEMPTS = 5;

/** What each part may say. */
export const KEYS = {
  method: [
    'name',
    'waitForReady',
    'timeout',
    'maxRequestMessageBytes',
    'maxResponseMessageBytes',
    'retryPolicy',
    'hedgingPolicy',
  ],
  retry: [
    'maxAttempts',
    'initialBackoff',
    'maxBackoff',
    'backoffMultiplier',
    'retryableStatusCodes',
  ],
  hedging: ['maxAttempts', 'hedgingDelay', 'nonFatalStatusCodes'],
  throttling: ['maxTokens', 'tokenRatio'],
} as const;

const SPELLED = new Map(
  ['methodConfig', 'retryThrottling', 'service', 'method', ...Object.values(KEYS).flat()].map(
    (name) => [name.toLowerCase(), name],
  ),
);
const GENERATORS = /_grpc_service_config\.json$/i;

export function isServiceConfig(root: MappingNode): boolean {
  const methods = entryOf(root, 'methodConfig')?.value;
  if (methods?.kind === 'sequence') return methods.items.some(isMethodConfig);
  const throttling = entryOf(root, 'retryThrottling')?.value;
  return throttling?.kind === 'mapping' && entryOf(throttling, 'maxTokens') !== undefined;
}

function isMethodConfig(node: SyntaxNode): boolean {
  if (node.kind !== 'mapping') return false;
  const keys = new Set(node.entries.map(({ key }) => SPELLED.get(key.toLowerCase())));
  return KEYS.method.some((key) => keys.has(key));
}

export function readServiceConfig({ fields: { at }, file, root }: FormatDocument): ServiceConfig {
  // Clients written in Go do not look at case.
  const fields = new Fields(inUsualSpelling(root), at);
  const methods = fields.items('methodConfig').map(readMethod);
  const throttling = fields.part('retryThrottling');
  const policies = methods.flatMap(({ retry }) => retry ?? []);
  const isForGenerators =
    GENERATORS.test(file) ||
    (policies.length > 1 && policies.every((policy) => !policy.has('maxAttempts')));
  return { fields, methods, isForGenerators, ...(throttling.exists && { throttling }) };
}

function readMethod(fields: Fields): MethodConfig {
  const timeoutMs = durationOf(fields, 'timeout');
  const retry = fields.part('retryPolicy');
  const hedging = fields.part('hedgingPolicy');
  const names = fields.items('name').map((one) => {
    const service = one.text('service')?.value ?? '';
    const method = one.text('method')?.value;
    return { text: method === undefined ? service : `${service}/${method}`, at: one.at };
  });
  return {
    fields,
    names,
    ...(timeoutMs && { timeoutMs }),
    ...(retry.exists && { retry }),
    ...(hedging.exists && { hedging }),
  };
}

/** A duration of proto3 in JSON: seconds with an `s` behind them. In milliseconds. */
export function durationOf(fields: Fields, key: string): Sourced<number> | undefined {
  return fields.read(key, (value) => {
    const text = String(value);
    return /^(?:\d+\.?\d*|\.\d+)s$/.test(text) ? parseSeconds(text) : undefined;
  });
}

function parseSeconds(text: string): number {
  return Math.round(Number(text.slice(0, -1)) * 1e9) / 1e6;
}

/** How many attempts there are in all; `undefined` if nobody can know. */
export function attemptsOf(policy: Fields): Sourced<number> | undefined {
  const attempts = policy.number('maxAttempts');
  // gRPC refuses fewer than 2; a rule says so, and no model holds what is no attempt at all.
  return attempts && { ...attempts, value: Math.min(Math.max(1, attempts.value), MOST_ATTEMPTS) };
}

/** What messages call a method config. */
export function textOf({ names }: MethodConfig): string {
  const [first, ...others] = names;
  if (!first) return 'no method';
  const text = first.text === '' ? 'all methods' : `'${first.text}'`;
  return others.length === 0 ? text : `${text} and ${others.length} more`;
}

function inUsualSpelling(node: SyntaxNode): SyntaxNode {
  if (node.kind === 'scalar') return node;
  if (node.kind === 'sequence') return { ...node, items: node.items.map(inUsualSpelling) };
  const entries = node.entries.map((entry) => ({
    ...entry,
    key: SPELLED.get(entry.key.toLowerCase()) ?? entry.key,
    value: inUsualSpelling(entry.value),
  }));
  return { ...node, entries };
}
