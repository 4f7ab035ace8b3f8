import { describe, expect, test } from 'vitest';
import schema from '../../schemas/resilience.schema.json' with { type: 'json' };
import { readConfig } from '../config/index.ts';
import { type ReferenceKind, references } from './references.ts';

/** The kinds that a mark of the schema stands for: what defines them in the file, or a word. */
const KINDS: Readonly<Record<string, readonly ReferenceKind[]>> = {
  redundancy: ['group'],
  bulkheads: ['bulkhead'],
  retries: ['retry'],
  circuitBreakers: ['breaker'],
  rateLimiters: ['rate-limiter'],
  concurrencyLimits: ['concurrency-limit'],
  connectionPools: ['connection-pool'],
  repairCrews: ['repair-crew'],
  services: ['service'],
  callee: ['callee'],
  component: ['component'],
  zone: ['zone'],
  region: ['region'],
  target: ['fail-target', 'degrade-target'],
  measured: [
    'measured-service',
    'measured-group',
    'measured-target',
    'measured-breaker',
    'measured-bulkhead',
    'measured-limit',
  ],
};

/** A config that fills every place that the schema marks; each name tells the place. */
const FULL = {
  version: 1,
  redundancy: { db: { active: ['a'], recovery: { crew: 'Recovery.crew' } } },
  zones: { a: { mtbf: '1d', repair: { time: '1h', crew: 'DomainRepair.crew' } } },
  services: {
    web: {
      runsOn: 'Service.runsOn',
      bulkhead: 'Service.bulkhead',
      calls: [
        {
          to: 'Call.to',
          retry: 'Call.retry',
          circuitBreaker: 'Call.circuitBreaker',
          bulkhead: 'Call.bulkhead',
          rateLimiter: 'Call.rateLimiter',
          concurrencyLimit: 'Call.concurrencyLimit',
          connectionPool: 'Call.connectionPool',
          fallback: { call: 'Fallback.call' },
        },
        { to: 'Call.to', fallback: [{ call: 'FallbackStep.call' }] },
      ],
    },
  },
  scenarios: {
    bad: {
      faults: [
        { fail: 'Fault.fail' },
        { degrade: 'Fault.degrade', errorRate: '1%' },
        { failZone: 'Fault.failZone' },
        { failRegion: 'Fault.failRegion' },
        { hang: 'Fault.hang' },
        { slowRecovery: 'Fault.slowRecovery', factor: 2 },
        { surge: 'Fault.surge', factor: 2 },
        { clockJump: 'Fault.clockJump', by: '10m' },
        { partition: { between: ['Partition.between'], and: ['Partition.and'] } },
        { rollout: { service: 'Rollout.service', bulkhead: 'Rollout.bulkhead', errorRate: '1%' } },
        {
          randomFailures: {
            count: 1,
            repair: { min: '1s', max: '2s' },
            components: ['RandomFailures.components'],
          },
        },
      ],
      load: { requests: 1, callers: 1, services: ['Load.services'] },
      expect: [{ of: 'Expectations.of', calling: 'Expectations.calling', retries: '<= 1' }],
    },
  },
};

/** Every place that the schema marks, as `Definition.key`, and what it says may stand there. */
function markedPlaces(node: unknown, path: readonly string[] = []): [string, string][] {
  if (typeof node !== 'object' || node === null) return [];
  const mark = 'x-reference' in node ? node['x-reference'] : undefined;
  const own: [string, string][] = typeof mark === 'string' ? [[path.join('.'), mark]] : [];
  const inner = Object.entries(node).flatMap(([key, child]) => {
    const isName = !['$defs', 'properties', 'items', 'additionalProperties'].includes(key);
    return markedPlaces(child, isName ? [...path, key] : path);
  });
  return [...own, ...inner];
}

describe('references', () => {
  const { model } = readConfig(JSON.stringify(FULL), 'full.resilience.json');
  const found = new Map([...references(model)].map(({ kind, name }) => [name, kind]));
  const marked = markedPlaces(schema);

  test.each(marked)('yields %s, which the schema marks as %s', (place, mark) => {
    expect(KINDS[mark]).toContain(found.get(place));
  });

  test('yields nothing that the schema does not mark', () => {
    expect([...found.keys()].sort()).toEqual(marked.map(([place]) => place).sort());
  });
});
