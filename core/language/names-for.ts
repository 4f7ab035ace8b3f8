import type { Model } from '../model/model.ts';
import { type Name, type NameKind, namesOf } from './names.ts';

/** What the marks `x-reference` of the schema let a text name, the likeliest first. */
const KINDS: Readonly<Record<string, readonly NameKind[]>> = {
  redundancy: ['group'],
  circuitBreakers: ['breaker'],
  bulkheads: ['bulkhead'],
  retries: ['retry'],
  rateLimiters: ['rate-limiter'],
  concurrencyLimits: ['concurrency-limit'],
  connectionPools: ['connection-pool'],
  repairCrews: ['repair-crew'],
  services: ['service'],
  callee: ['service', 'group'],
  component: ['component'],
  target: ['component', 'group', 'service'],
  zone: ['zone'],
  region: ['region'],
  measured: [
    'service',
    'group',
    'breaker',
    'bulkhead',
    'rate-limiter',
    'concurrency-limit',
    'connection-pool',
  ],
};

/** The names that a place with this mark may take; none for a mark that nobody knows. */
export function namesFor(model: Model, mark: string): readonly Name[] {
  const names = namesOf(model);
  return (
    (KINDS[mark] ?? [])
      .flatMap((kind) => names.ofKind(kind))
      // Zones and regions need no definition.
      .filter(({ definition, kind }) => definition || kind === 'zone' || kind === 'region')
  );
}
