import type { Service, Traffic } from '../../model/model.ts';
import type { Sourced } from '../../model/source.ts';
import { meanRatePerSecond } from '../../model/traffic.ts';
import type { Problem } from '../problem.ts';
import { readCall } from './calls.ts';
import { readLatency } from './latency.ts';
import { present, type Said, SectionReader } from './reader.ts';
import { readTraffic } from './traffic.ts';

export function readService(
  name: string,
  reader: SectionReader<'Service'>,
  durationMs: Sourced<number>,
  problems: Problem[],
): Said<Service> {
  const traffic = readTraffic(reader.section('traffic', 'Traffic'), problems);
  const calls = reader.items('calls');
  const read = calls.flatMap(({ node, at }) =>
    readCall(new SectionReader('Call', node, at), problems),
  );
  // What else it calls is not known.
  if (read.length < calls.length) reader.doubt();
  return present({
    name,
    nameAt: reader.label,
    tier: reader.integer('tier'),
    objectives: present({
      availability: reader.section('objectives', 'ServiceObjectives').ratio('availability'),
    }),
    runsOn: reader.text('runsOn'),
    instances: reader.integer('instances'),
    bulkhead: reader.text('bulkhead'),
    traffic,
    ratePerSecond: traffic && meanRate(traffic, durationMs.value),
    latency: readLatency(reader, problems),
    contentionMs: reader.duration('contention'),
    errorRate: reader.ratio('errorRate'),
    capacityPerSecond: reader.rate('capacity', problems),
    calls: read,
  });
}

/** The mean says where it comes from as the traffic does; nothing arrives at a rate of zero. */
function meanRate({ shape }: Traffic, durationMs: number): Sourced<number> | undefined {
  const value = meanRatePerSecond(shape.value, durationMs);
  return value > 0 ? { value, source: shape.source } : undefined;
}
