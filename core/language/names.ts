import { isImported, type Model } from '../model/model.ts';
import { perModel } from '../model/per-model.ts';
import { type Reference, type ReferenceKind, references } from '../model/references.ts';
import type { Sourced, SourceRange } from '../model/source.ts';

/** What the user can give a name to. Zones and regions may be named by using them alone. */
export type NameKind =
  | 'group'
  | 'component'
  | 'service'
  | 'breaker'
  | 'bulkhead'
  | 'retry'
  | 'rate-limiter'
  | 'concurrency-limit'
  | 'connection-pool'
  | 'repair-crew'
  | 'scenario'
  | 'zone'
  | 'region';

/** What each kind is called in messages. */
export const NAME_NOUNS: Readonly<Record<NameKind, string>> = {
  group: 'redundancy group',
  component: 'component',
  service: 'service',
  breaker: 'circuit breaker',
  bulkhead: 'bulkhead',
  retry: 'retry policy',
  'rate-limiter': 'rate limiter',
  'concurrency-limit': 'concurrency limit',
  'connection-pool': 'connection pool',
  'repair-crew': 'repair crew',
  scenario: 'scenario',
  zone: 'zone',
  region: 'region',
};

/** Something with a name, and everywhere that the name is written. */
export interface Name {
  readonly kind: NameKind;
  readonly name: string;
  /** Absent of what is named by using it. */
  readonly definition?: NameDefinition;
  /** Each place once, in any of the files; the definition is not among them. */
  readonly uses: readonly SourceRange[];
}

export interface NameDefinition {
  readonly at: SourceRange;
  /** From the name to the last character of what it says. */
  readonly part: SourceRange;
  /** The group of a component. */
  readonly container?: string;
}

/** A place where a name is written. */
export interface NamePlace {
  readonly name: Name;
  readonly at: SourceRange;
}

/** The names of a model, with all their places in all of its files, worked out once. */
export const namesOf = perModel((model: Model): Names => new Names(model));

/** What each kind of reference can mean, the likeliest first. */
const MEANINGS: Readonly<Record<ReferenceKind, readonly NameKind[]>> = {
  group: ['group'],
  bulkhead: ['bulkhead'],
  retry: ['retry'],
  breaker: ['breaker'],
  'rate-limiter': ['rate-limiter'],
  'concurrency-limit': ['concurrency-limit'],
  'connection-pool': ['connection-pool'],
  'repair-crew': ['repair-crew'],
  service: ['service'],
  callee: ['service', 'group'],
  component: ['component'],
  'fail-target': ['component', 'group'],
  'degrade-target': ['component', 'group', 'service'],
  'measured-service': ['service'],
  'measured-group': ['group'],
  'measured-target': ['service', 'group'],
  'measured-breaker': ['breaker'],
  'measured-bulkhead': ['bulkhead'],
  'measured-limit': ['breaker', 'bulkhead', 'rate-limiter', 'concurrency-limit', 'connection-pool'],
  zone: ['zone'],
  region: ['region'],
};

interface Writable extends Omit<Name, 'uses' | 'definition'> {
  definition?: NameDefinition;
  readonly uses: SourceRange[];
}

class Names {
  readonly #byKind = new Map<NameKind, Map<string, Writable>>();
  #places: readonly NamePlace[] | undefined;
  /** Where the uses begin that are known: what an alias repeats is written once. */
  readonly #seen = new Set<string>();
  readonly #file: string;

  constructor(model: Model) {
    this.#file = model.file;
    const files = [model, ...(model.imports ?? []).map((imported) => imported.model)];
    // What is imported is told where it is written, and not again where its file is imported.
    const isWritten = (one: Model, at: SourceRange) => one !== model || !isImported(model, at);
    for (const one of files) this.#define(one, (at) => isWritten(one, at));
    for (const one of files) {
      for (const reference of references(one)) {
        if (isWritten(one, reference.at)) this.#refer(reference);
      }
    }
  }

  /** The first definition counts of two with the same name. */
  #define(model: Model, isWritten: (at: SourceRange) => boolean): void {
    const sections = {
      group: model.groups,
      service: model.services,
      breaker: model.breakers,
      bulkhead: model.bulkheads,
      retry: model.retries,
      'rate-limiter': model.rateLimiters,
      'concurrency-limit': model.concurrencyLimits,
      'connection-pool': model.connectionPools,
      'repair-crew': model.repairCrews,
      zone: model.zones,
      region: model.regions,
      scenario: model.scenarios,
    } as const;
    for (const [kind, section] of Object.entries(sections)) {
      for (const { at, name, nameAt } of section.values()) {
        // Scenarios belong to their own file.
        if (!isWritten(nameAt) || (kind === 'scenario' && model.file !== this.#file)) continue;
        this.#name(kind as NameKind, name).definition ??= { at: nameAt, part: at };
      }
    }
    for (const { members, name: container } of model.groups.values()) {
      for (const { name, nameAt, region, zone } of members) {
        if (!isWritten(nameAt)) continue;
        const component = this.#name('component', name);
        component.definition ??= { at: nameAt, part: nameAt, container };
        this.#use('zone', zone);
        this.#use('region', region);
      }
    }
  }

  /** All names, in no particular order. */
  *all(): Generator<Name> {
    for (const names of this.#byKind.values()) yield* names.values();
  }

  ofKind(kind: NameKind): readonly Name[] {
    return [...(this.#byKind.get(kind)?.values() ?? [])];
  }

  find(kind: NameKind, name: string): Name | undefined {
    return this.#byKind.get(kind)?.get(name);
  }

  /** The name that is written at an offset of the file; a cursor at its end still belongs to it. */
  at(offset: number): NamePlace | undefined {
    this.#places ??= [...this.all()].flatMap((name) =>
      placesOf(name)
        .filter(({ file }) => file === this.#file)
        .map((at) => ({ name, at })),
    );
    return this.#places.find(({ at }) => offset >= at.start && offset <= at.end);
  }

  #name(kind: NameKind, name: string): Writable {
    const names = this.#byKind.get(kind) ?? new Map<string, Writable>();
    this.#byKind.set(kind, names);
    const found = names.get(name) ?? { kind, name, uses: [] };
    names.set(name, found);
    return found;
  }

  #use(kind: NameKind, text: Sourced<string> | undefined): void {
    if (text) this.#add(this.#name(kind, text.value), text.source.at);
  }

  /** What refers to nothing is the name of nothing. */
  #refer({ at, kind, name }: Reference): void {
    const meaning = MEANINGS[kind].find((one) => this.#byKind.get(one)?.has(name));
    if (meaning) this.#add(this.#name(meaning, name), at);
  }

  #add({ uses }: Writable, at: SourceRange): void {
    const place = `${at.start} ${at.file}`;
    if (!this.#seen.has(place)) uses.push(at);
    this.#seen.add(place);
  }
}

export type { Names };

/** Everywhere that a name is written, the definition first. */
export function placesOf({ definition, uses }: Name): readonly SourceRange[] {
  return definition ? [definition.at, ...uses] : uses;
}
