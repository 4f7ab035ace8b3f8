import { didYouMean } from '../../model/did-you-mean.ts';
import type { Model, SectionName } from '../../model/model.ts';
import type { SourceRange } from '../../model/source.ts';
import type { Problem } from '../problem.ts';
import type { SyntaxNode, TextRange } from '../syntax/node.ts';
import { readBreaker } from './breakers.ts';
import { readFailureDomain, readRepairCrew } from './failure-domains.ts';
import { readGroup } from './groups.ts';
import {
  readBulkhead,
  readConcurrencyLimit,
  readConnectionPool,
  readRateLimiter,
  readRetry,
} from './policies.ts';
import { type Definition, present, SectionReader } from './reader.ts';
import { readScenario, readSimulation } from './scenarios.ts';
import { readService } from './services.ts';

/** Lowers a syntax tree of the native format to the model, keeping whatever can be understood. */
export function lower(
  root: SyntaxNode | undefined,
  file: string,
  syntaxProblems: readonly Problem[] = [],
): { model: Model; problems: Problem[] } {
  const problems: Problem[] = [];
  const unread = new Set<string>();
  const label: SourceRange = { file, start: 0, end: 0 };
  const reader = new SectionReader('ResilienceConfig', root, label);
  const objectives = reader.section('objectives', 'Objectives');
  const latency = objectives.section('latency', 'LatencyObjective');
  const simulation = readSimulation(reader.section('simulation', 'Simulation'));
  const define = <D extends Definition, T>(
    sections: readonly (readonly [string, SectionReader<D>])[],
    read: (name: string, section: SectionReader<D>, problems: Problem[]) => T | undefined,
  ): Map<string, T & Written> => {
    const result = new Map<string, T & Written>();
    for (const [name, section] of sections) {
      // An entry that is still being typed has no mapping yet: there is nothing to judge.
      const value = section.exists ? read(name, section, problems) : undefined;
      if (value === undefined) unread.add(name);
      else {
        const doubtful = section.doubtful || isBroken(section.range, syntaxProblems);
        result.set(name, { ...value, at: extentOf(section), doubtful });
      }
    }
    return result;
  };
  const networkSection = reader.section('network', 'FailureDomain');
  const networks = networkSection.exists ? [['network', networkSection] as const] : [];
  const network = define(networks, readFailureDomain).get('network');
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
    groups: define(reader.named('redundancy', 'Group'), readGroup),
    zones: define(reader.named('zones', 'FailureDomain'), readFailureDomain),
    regions: define(reader.named('regions', 'FailureDomain'), readFailureDomain),
    ...(network && { network }),
    repairCrews: define(reader.named('repairCrews', 'RepairCrew'), readRepairCrew),
    breakers: define(reader.named('circuitBreakers', 'CircuitBreaker'), readBreaker),
    bulkheads: define(reader.named('bulkheads', 'Bulkhead'), readBulkhead),
    retries: define(reader.named('retries', 'Retry'), readRetry),
    rateLimiters: define(reader.named('rateLimiters', 'RateLimiter'), readRateLimiter),
    concurrencyLimits: define(
      reader.named('concurrencyLimits', 'ConcurrencyLimit'),
      readConcurrencyLimit,
    ),
    connectionPools: define(reader.named('connectionPools', 'ConnectionPool'), readConnectionPool),
    services: define(reader.named('services', 'Service'), (name, section) =>
      readService(name, section, simulation.durationMs, problems),
    ),
    scenarios: define(reader.named('scenarios', 'Scenario'), (name, section) =>
      readScenario(name, section, simulation.durationMs, problems),
    ),
    simulation,
    unread,
    unreadSections: unreadSections(root, syntaxProblems.length > 0),
  };
  problems.push(...ambiguousIds(model));
  return { model, problems };
}

/** Where a definition is written, and how well. */
interface Written {
  readonly at: SourceRange;
  readonly doubtful: boolean;
}

/** From the name to the end of the section; what an alias repeats is written elsewhere. */
function extentOf<D extends Definition>({ label, range }: SectionReader<D>): SourceRange {
  return { ...label, end: Math.max(label.end, range?.end ?? 0) };
}

/**
 * Whether a syntax error lies in a section or right behind it, as the one of a list that is not
 * closed yet does.
 */
function isBroken(range: TextRange | undefined, problems: readonly Problem[]): boolean {
  return problems.some(
    ({ range: { start } }) =>
      range !== undefined && start >= range.start && start <= range.end + NEAR_CHARACTERS,
  );
}

const NEAR_CHARACTERS = 40;
const SECTION_NAMES: readonly SectionName[] = [
  'redundancy',
  'repairCrews',
  'circuitBreakers',
  'bulkheads',
  'retries',
  'rateLimiters',
  'concurrencyLimits',
  'connectionPools',
  'services',
];

/** Sections that are no mapping (yet), or misspelt; all of them where the syntax is broken. */
function unreadSections(
  root: SyntaxNode | undefined,
  isSyntaxBroken: boolean,
): ReadonlySet<SectionName> {
  const entries = root?.kind === 'mapping' ? root.entries : [];
  return new Set(
    SECTION_NAMES.filter((name) => {
      const section = entries.find(({ key }) => key === name);
      if (isSyntaxBroken || (section && section.value.kind !== 'mapping')) return true;
      return !section && entries.some(({ key }) => didYouMean(key, [name]) !== undefined);
    }),
  );
}

/** Component ids name things in scenarios and reports, so they mean one thing each. */
function ambiguousIds(model: Model): Problem[] {
  const components = new Map<string, { at: SourceRange; group: string }>();
  const problems: Problem[] = [];
  const report = (message: string, range: SourceRange, related?: Problem['related']) =>
    problems.push({
      kind: 'duplicate-id',
      severity: 'error',
      message,
      range,
      ...(related && { related }),
    });
  for (const group of model.groups.values()) {
    for (const { name, nameAt } of group.members) {
      const known = components.get(name);
      const other = model.services.has(name) ? 'service' : 'redundancy group';
      if (!known) {
        components.set(name, { at: nameAt, group: group.name });
        if (!model.services.has(name) && !model.groups.has(name)) continue;
        report(
          `A ${other} is called '${name}' too. Rename one: a fault could mean either.`,
          nameAt,
        );
      } else if (known.at.start === nameAt.start) {
        report(
          `'${group.name}' repeats the members of '${known.group}'. Give each group its own.`,
          group.nameAt,
        );
        break;
      } else {
        report(`There are two components with the id '${name}'. Rename one of them.`, nameAt, {
          message: 'The first one.',
          range: known.at,
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
