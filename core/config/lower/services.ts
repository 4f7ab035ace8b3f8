import type { Service } from '../../model/model.ts';
import type { Problem } from '../problem.ts';
import { readCall } from './calls.ts';
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
      .flatMap(({ node, at }) => readCall(new SectionReader('Call', node, at), problems)),
  });
}
