import type {
  ClosedLoad,
  Fault,
  Scenario,
  ScenarioTraffic,
  SimulationSettings,
} from '../../model/model.ts';
import type { Sourced } from '../../model/source.ts';
import type { Problem } from '../problem.ts';
import { readExpectations } from './expectations.ts';
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
      .flatMap(({ node, at }) => readFault(new SectionReader('Fault', node, at), durationMs)),
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
    years: reader.integer('years'),
  });
}

function readFault(reader: SectionReader<'Fault'>, durationMs: Sourced<number>): Fault[] {
  const base = { at: reader.label, atMs: reader.duration('at') };
  const forMs = reader.duration('for');
  const fail = reader.text('fail');
  if (fail) {
    const failureType = reader.text('type');
    const severity = reader.choice('severity');
    const { doubtful } = reader;
    const kind = 'fail' as const;
    return [present({ ...base, kind, target: fail, forMs, failureType, severity, doubtful })];
  }
  const degrade = reader.text('degrade');
  if (degrade) {
    const errorRate = reader.ratio('errorRate');
    const addedLatencyMs = reader.duration('latency');
    const { doubtful } = reader;
    const kind = 'degrade' as const;
    return [
      present({ ...base, kind, target: degrade, forMs, errorRate, addedLatencyMs, doubtful }),
    ];
  }
  const section = reader.section('randomFailures', 'RandomFailures');
  return readRandomFailures(section, base, durationMs);
}

function readRandomFailures(
  reader: SectionReader<'RandomFailures'>,
  base: Pick<Fault, 'at' | 'atMs'>,
  durationMs: Sourced<number>,
): Fault[] {
  const repair = reader.section('repair', 'RepairRange');
  const count = reader.integer('count');
  const repairMinMs = repair.duration('min');
  const repairMaxMs = repair.duration('max');
  if (!count || !repairMinMs || !repairMaxMs) return [];
  const withinMs = reader.duration('within') ?? durationMs;
  const components = texts(reader.items('components'));
  const { doubtful } = reader;
  const kind = 'random-failures';
  return [{ ...base, kind, count, withinMs, components, repairMinMs, repairMaxMs, doubtful }];
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
