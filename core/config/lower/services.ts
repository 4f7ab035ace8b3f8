import type { Call, Fallback, Service } from '../../model/model.ts';
import type { Problem } from '../problem.ts';
import { readLatency } from './latency.ts';
import { present, SectionReader } from './reader.ts';

export function readService(
  name: string,
  reader: SectionReader<'Service'>,
  problems: Problem[],
): Service {
  return present({
    name,
    nameAt: reader.label,
    tier: reader.integer('tier'),
    runsOn: reader.text('runsOn'),
    bulkhead: reader.text('bulkhead'),
    ratePerSecond: reader.section('traffic', 'Traffic').rate('rate', problems),
    latency: readLatency(reader, problems),
    errorRate: reader.ratio('errorRate'),
    capacityPerSecond: reader.rate('capacity', problems),
    calls: reader
      .items('calls')
      .flatMap(({ node, at }) => readCall(new SectionReader('Call', node, at))),
  });
}

/** A call that does not say where it goes is left out; the schema has asked for it. */
function readCall(reader: SectionReader<'Call'>): Call[] {
  const to = reader.text('to');
  if (!to) return [];
  return [
    present({
      to,
      timeoutMs: reader.duration('timeout'),
      retry: reader.text('retry'),
      breaker: reader.text('circuitBreaker'),
      bulkhead: reader.text('bulkhead'),
      idempotent: reader.boolean('idempotent'),
      fallback: readFallback(reader.section('fallback', 'Fallback')),
    }),
  ];
}

function readFallback(reader: SectionReader<'Fallback'>): Fallback | undefined {
  if (!reader.exists) return undefined;
  return present({
    at: reader.label,
    cacheMs: reader.duration('cache'),
    keys: reader.integer('keys'),
    hasDefault: reader.has('default'),
  });
}
