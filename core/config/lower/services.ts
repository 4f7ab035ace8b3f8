import type { Service } from '../../model/model.ts';
import type { Problem } from '../problem.ts';
import { readCall } from './calls.ts';
import { readLatency } from './latency.ts';
import { present, type Said, SectionReader } from './reader.ts';

export function readService(
  name: string,
  reader: SectionReader<'Service'>,
  problems: Problem[],
): Said<Service> {
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
    ratePerSecond: reader.section('traffic', 'Traffic').rate('rate', problems),
    latency: readLatency(reader, problems),
    errorRate: reader.ratio('errorRate'),
    capacityPerSecond: reader.rate('capacity', problems),
    calls: read,
  });
}
