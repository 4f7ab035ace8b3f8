import { didYouMean } from '../../model/did-you-mean.ts';
import { type Group, type Model, SECTION_NAMES, type SectionName } from '../../model/model.ts';
import type { SourceRange } from '../../model/source.ts';
import type { Problem } from '../problem.ts';
import type { Derive, MappingEntry, SyntaxNode } from '../syntax/node.ts';
import { readBreaker } from './breakers.ts';
import { readFailureDomain, readRepairCrew } from './failure-domains.ts';
import { readGroup } from './groups.ts';
import { keepingParts } from './identity.ts';
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

/**
 * Lowers syntax trees of the native format to models, keeping whatever can be understood. Parts of
 * the model that say the same in the same words as before are the same objects.
 */
export class ModelReader {
  readonly #file: string;
  /** Where that is said to be which has no better place. */
  readonly #label: SourceRange;
  /** What a file without settings or objectives says. */
  readonly #unsaid: Unsaid;
  #last: Model | undefined;
  /** What was told of ids that mean two things, and what that follows from. */
  #ambiguous: readonly Problem[] = [];
  #names: readonly unknown[] = [];

  constructor(file: string) {
    this.#file = file;
    this.#label = { file, start: 0, end: 0 };
    const nothing = new SectionReader('ResilienceConfig', undefined, this.#label);
    this.#unsaid = { objectives: readObjectives(nothing), simulation: simulationOf(nothing) };
  }

  read(
    root: SyntaxNode | undefined,
    syntaxProblems: readonly Problem[],
    derive: Derive,
  ): { model: Model; problems: Problem[] } {
    const problems: Problem[] = [];
    const unread = new Set<string>();
    const reader = new SectionReader('ResilienceConfig', root, this.#label);
    const said = <K extends keyof Unsaid>(key: K, read: () => Unsaid[K]): Unsaid[K] => {
      const entry = mappingEntries(root).find((one) => one.key === key);
      return entry ? derive(entry, 'model', undefined, read) : this.#unsaid[key];
    };
    const simulation = said('simulation', () => simulationOf(reader));
    const define = <D extends Definition, T>(
      entries: readonly MappingEntry[],
      definition: D,
      read: Read<D, T>,
      given?: unknown,
    ): Map<string, T & Written> => {
      const result = new Map<string, T & Written>();
      for (const entry of entries) {
        const lowerIt = (isBroken: boolean) => this.#define(entry, definition, read, isBroken);
        const lowered = isBroken(entry.value, syntaxProblems)
          ? derive(entry, 'broken model', given, () => lowerIt(true))
          : derive(entry, 'model', given, () => lowerIt(false));
        problems.push(...lowered.problems);
        if (lowered.value === undefined) unread.add(entry.key);
        else result.set(entry.key, lowered.value);
      }
      return result;
    };
    const durationMs = simulation.durationMs;
    const networks = mappingEntries(root).filter(
      ({ key, value }) => key === 'network' && value.kind === 'mapping',
    );
    const network = define(networks, 'FailureDomain', readFailureDomain).get('network');
    const model: Model = {
      file: this.#file,
      system: reader.text('system')?.value ?? baseName(this.#file),
      objectives: said('objectives', () => readObjectives(reader)),
      groups: define(reader.entries('redundancy'), 'Group', readGroup),
      zones: define(reader.entries('zones'), 'FailureDomain', readFailureDomain),
      regions: define(reader.entries('regions'), 'FailureDomain', readFailureDomain),
      ...(network && { network }),
      repairCrews: define(reader.entries('repairCrews'), 'RepairCrew', readRepairCrew),
      breakers: define(reader.entries('circuitBreakers'), 'CircuitBreaker', readBreaker),
      bulkheads: define(reader.entries('bulkheads'), 'Bulkhead', readBulkhead),
      retries: define(reader.entries('retries'), 'Retry', readRetry),
      rateLimiters: define(reader.entries('rateLimiters'), 'RateLimiter', readRateLimiter),
      concurrencyLimits: define(
        reader.entries('concurrencyLimits'),
        'ConcurrencyLimit',
        readConcurrencyLimit,
      ),
      connectionPools: define(
        reader.entries('connectionPools'),
        'ConnectionPool',
        readConnectionPool,
      ),
      services: define(
        reader.entries('services'),
        'Service',
        (name, section: SectionReader<'Service'>, found) =>
          readService(name, section, durationMs, found),
        durationMs,
      ),
      scenarios: define(
        reader.entries('scenarios'),
        'Scenario',
        (name, section: SectionReader<'Scenario'>, found) =>
          readScenario(name, section, durationMs, found),
        durationMs,
      ),
      simulation,
      unread,
      unreadSections: unreadSections(root, syntaxProblems.length > 0),
    };
    this.#last = keepingParts(this.#last, model);
    problems.push(...this.#ambiguousIds(this.#last));
    return { model: this.#last, problems };
  }

  /** Names hardly ever change, and there are many. */
  #ambiguousIds(model: Model): readonly Problem[] {
    const names = [
      ...[...model.groups.values()].flatMap(({ members, nameAt }) => [members, nameAt]),
      ...model.services.keys(),
    ];
    const isKnown =
      names.length === this.#names.length && names.every((one, at) => one === this.#names[at]);
    if (!isKnown) {
      this.#names = names;
      this.#ambiguous = ambiguousIds(model);
    }
    return this.#ambiguous;
  }

  #define<D extends Definition, T>(
    { key: name, keyRange, value: node }: MappingEntry,
    definition: D,
    read: Read<D, T>,
    isBroken: boolean,
  ): { readonly value: (T & Written) | undefined; readonly problems: readonly Problem[] } {
    const problems: Problem[] = [];
    const section = new SectionReader(definition, node, { file: this.#file, ...keyRange });
    // An entry that is still being typed has no mapping yet: there is nothing to judge.
    const value = section.exists ? read(name, section, problems) : undefined;
    if (value === undefined) return { value: undefined, problems };
    const doubtful = section.doubtful || isBroken;
    return { value: { ...value, at: extentOf(section), doubtful }, problems };
  }
}

function mappingEntries(node: SyntaxNode | undefined): readonly MappingEntry[] {
  return node?.kind === 'mapping' ? node.entries : [];
}

/** Lowers one syntax tree, all of it sound. */
export function lower(
  root: SyntaxNode | undefined,
  file: string,
): { model: Model; problems: Problem[] } {
  return new ModelReader(file).read(root, [], (_entry, _purpose, _given, workOut) => workOut());
}

type Unsaid = Pick<Model, 'objectives' | 'simulation'>;

type Read<D extends Definition, T> = (
  name: string,
  section: SectionReader<D>,
  problems: Problem[],
) => T | undefined;

type ConfigSection = SectionReader<'ResilienceConfig'>;

function simulationOf(reader: ConfigSection): Model['simulation'] {
  return readSimulation(reader.section('simulation', 'Simulation'));
}

function readObjectives(reader: ConfigSection): Model['objectives'] {
  const objectives = reader.section('objectives', 'Objectives');
  const latency = objectives.section('latency', 'LatencyObjective');
  return present({
    availability: objectives.ratio('availability'),
    latencyP50Ms: latency.duration('p50'),
    latencyP95Ms: latency.duration('p95'),
    latencyP99Ms: latency.duration('p99'),
    rtoMs: objectives.duration('rto'),
    rpoMs: objectives.duration('rpo'),
  });
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
function isBroken({ range }: SyntaxNode, problems: readonly Problem[]): boolean {
  return problems.some(
    ({ range: { start } }) => start >= range.start && start <= range.end + NEAR_CHARACTERS,
  );
}

const NEAR_CHARACTERS = 40;

/** Sections that are no mapping (yet), or misspelt; all of them where the syntax is broken. */
function unreadSections(
  root: SyntaxNode | undefined,
  isSyntaxBroken: boolean,
): ReadonlySet<SectionName> {
  const entries = mappingEntries(root);
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
  const components = new Map<string, Group>();
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
      const owner = components.get(name);
      const first = owner?.members.find((member) => member.name === name)?.nameAt;
      if (!owner || !first) {
        components.set(name, group);
        const isService = model.services.has(name);
        if (!isService && !model.groups.has(name)) continue;
        const other = isService ? 'service' : 'redundancy group';
        report(
          `A ${other} is called '${name}' too. Rename one: a fault could mean either.`,
          nameAt,
        );
      } else if (first.start === nameAt.start) {
        report(
          `'${group.name}' repeats the members of '${owner.name}'. Give each group its own.`,
          group.nameAt,
        );
        break;
      } else {
        report(`There are two components with the id '${name}'. Rename one of them.`, nameAt, {
          message: 'The first one.',
          range: first,
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
