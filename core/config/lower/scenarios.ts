import type {
  ClosedLoad,
  Scenario,
  ScenarioTraffic,
  SimulationSettings,
} from '../../model/model.ts';
import type { Sourced } from '../../model/source.ts';
import type { Problem } from '../problem.ts';
import { readExpectations } from './expectations.ts';
import { readFault } from './faults.ts';
import { present, type Said, SectionReader, texts } from './reader.ts';
import { readTraffic } from './traffic.ts';

export function readScenario(
  name: string,
  reader: SectionReader<'Scenario'>,
  durationMs: Sourced<number>,
  problems: Problem[],
): Said<Scenario> {
  return present({
    name,
    nameAt: reader.label,
    description: reader.text('description'),
    faults: reader
      .items('faults')
      .flatMap(({ node, at }) =>
        readFault(new SectionReader('Fault', node, at), durationMs, problems),
      ),
    load: readLoad(reader.section('load', 'Load')),
    traffic: readScenarioTraffic(reader, problems),
    expect: readExpectations(reader, durationMs.value, problems),
  });
}

export function readSimulation(reader: SectionReader<'Simulation'>): SimulationSettings {
  return present({
    durationMs: reader.duration('duration'),
    seed: reader.integer('seed'),
    replications: reader.integer('replications'),
    maxEvents: reader.integer('maxEvents'),
    precision: reader.ratio('precision'),
    maxReplications: reader.integer('maxReplications'),
    years: reader.integer('years'),
  });
}

function readLoad(reader: SectionReader<'Load'>): ClosedLoad | undefined {
  const requests = reader.integer('requests');
  const callers = reader.integer('callers');
  const services = texts(reader.items('services'));
  if (!requests || !callers || services.length === 0) return undefined;
  return { at: reader.label, requests, callers, services };
}

function readScenarioTraffic(
  reader: SectionReader<'Scenario'>,
  problems: Problem[],
): ScenarioTraffic[] | undefined {
  if (!reader.has('traffic')) return undefined;
  return reader.named('traffic', 'Traffic').flatMap(([service, section]) => {
    const traffic = readTraffic(section, problems);
    const source = { kind: 'explicit', at: section.label } as const;
    return traffic ? [{ service: { value: service, source }, traffic }] : [];
  });
}
