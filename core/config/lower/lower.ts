import type { Model } from '../../model/model.ts';
import type { SourceRange } from '../../model/source.ts';
import type { Problem } from '../problem.ts';
import type { SyntaxNode } from '../syntax/node.ts';
import { readGroup } from './groups.ts';
import { readBreaker, readBulkhead, readRetry } from './policies.ts';
import { type Definition, present, SectionReader } from './reader.ts';
import { readScenario, readSimulation } from './scenarios.ts';
import { readService } from './services.ts';

/** Lowers a syntax tree of the native format to the model, keeping whatever can be understood. */
export function lower(
  root: SyntaxNode | undefined,
  file: string,
): { model: Model; problems: Problem[] } {
  const problems: Problem[] = [];
  const unread = new Set<string>();
  const label: SourceRange = { file, start: 0, end: 0 };
  const reader = new SectionReader('ResilienceConfig', root, label);
  const objectives = reader.section('objectives', 'Objectives');
  const latency = objectives.section('latency', 'LatencyObjective');
  const simulation = readSimulation(reader.section('simulation', 'Simulation'));
  const model: Model = {
    file,
    system: reader.text('system')?.value ?? baseName(file),
    objectives: present({
      availability: objectives.ratio('availability'),
      latencyP50Ms: latency.duration('p50'),
      latencyP95Ms: latency.duration('p95'),
      latencyP99Ms: latency.duration('p99'),
      rtoMs: objectives.duration('rto'),
      rpoMs: objectives.duration('rpo'),
    }),
    groups: mapOf(unread, reader.named('redundancy', 'Group'), (name, section) =>
      readGroup(name, section, problems),
    ),
    breakers: mapOf(unread, reader.named('circuitBreakers', 'CircuitBreaker'), readBreaker),
    bulkheads: mapOf(unread, reader.named('bulkheads', 'Bulkhead'), readBulkhead),
    retries: mapOf(unread, reader.named('retries', 'Retry'), readRetry),
    services: mapOf(unread, reader.named('services', 'Service'), (name, section) =>
      readService(name, section, problems),
    ),
    scenarios: mapOf(unread, reader.named('scenarios', 'Scenario'), (name, section) =>
      readScenario(name, section, simulation.durationMs),
    ),
    simulation,
    unread,
  };
  problems.push(...duplicateIds(model));
  return { model, problems };
}

function mapOf<D extends Definition, T>(
  unread: Set<string>,
  sections: readonly (readonly [string, SectionReader<D>])[],
  read: (name: string, section: SectionReader<D>) => T | undefined,
): Map<string, T> {
  const result = new Map<string, T>();
  for (const [name, section] of sections) {
    // An entry that is still being typed has no mapping yet: there is nothing to judge.
    const value = section.exists ? read(name, section) : undefined;
    if (value === undefined) unread.add(name);
    else result.set(name, value);
  }
  return result;
}

/** Component ids name things in scenarios and reports, so no two components share one. */
function duplicateIds(model: Model): Problem[] {
  const first = new Map<string, SourceRange>();
  const problems: Problem[] = [];
  for (const group of model.groups.values()) {
    for (const { name, nameAt } of group.members) {
      const known = first.get(name);
      if (!known) first.set(name, nameAt);
      else {
        problems.push({
          kind: 'duplicate-id',
          severity: 'error',
          message: `There are two components with the id '${name}'. Rename one of them.`,
          range: nameAt,
          related: { message: 'The first one.', range: known },
        });
      }
    }
  }
  return problems;
}

function baseName(file: string): string {
  const name = file.split(/[\\/]/).at(-1) ?? file;
  return name.replace(/(?:^|\.)resilience\.(?:ya?ml|json)$/, '') || 'system';
}
