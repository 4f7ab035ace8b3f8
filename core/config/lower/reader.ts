import type { Sourced, SourceRange } from '../../model/source.ts';
import { parseDuration, parseRate, parseRatio } from '../../time/index.ts';
import { DEFAULTS } from '../generated/defaults.ts';
import type * as Schema from '../generated/types.ts';
import type { Problem } from '../problem.ts';
import { knowsKey, propertiesOf } from '../schema/schema.ts';
import {
  entryOf,
  type MappingEntry,
  type MappingNode,
  type SyntaxNode,
  type TextRange,
} from '../syntax/node.ts';

/** The mappings of the format, by the name of their definition in the schema. */
export interface Definitions {
  ResilienceConfig: Schema.ResilienceConfig;
  Objectives: Schema.Objectives;
  LatencyObjective: Schema.LatencyObjective;
  Group: Schema.Group;
  Member: Exclude<Schema.Member, string>;
  Latency: Exclude<Schema.Latency, string>;
  Failures: Schema.Failures;
  FailureDomain: Schema.FailureDomain;
  DomainRepair: Schema.DomainRepair;
  RepairCrew: Schema.RepairCrew;
  Recovery: Schema.Recovery;
  Replication: Schema.Replication;
  Detection: Schema.Detection;
  Failover: Schema.Failover;
  CircuitBreaker: Schema.CircuitBreaker;
  Bulkhead: Schema.Bulkhead;
  Retry: Schema.Retry;
  Backoff: Schema.Backoff;
  RateLimiter: Schema.RateLimiter;
  ConcurrencyLimit: Schema.ConcurrencyLimit;
  ConnectionPool: Schema.ConnectionPool;
  Service: Schema.Service;
  ServiceObjectives: Schema.ServiceObjectives;
  Traffic: Schema.Traffic;
  ProfilePoint: Schema.ProfilePoint;
  Bursts: Schema.Bursts;
  Trace: Schema.Trace;
  Call: Schema.Call;
  Hedge: Schema.Hedge;
  Cache: Schema.Cache;
  FallbackStep: Schema.FallbackStep;
  Scenario: Schema.Scenario;
  Fault: Schema.Fault;
  Rollout: Schema.Rollout;
  Partition: Schema.Partition;
  RandomFailures: Schema.RandomFailures;
  WorstDegradation: Schema.WorstDegradation;
  RepairRange: Schema.RepairRange;
  Load: Schema.Load;
  Expectations: Exclude<Schema.Expectations, readonly unknown[]>;
  Simulation: Schema.Simulation;
}
export type Definition = keyof Definitions;

/** What a definition of the model says, without what whoever defines it knows: where, and how well. */
export type Said<T> = Omit<T, 'at' | 'doubtful'>;

type Key<D extends Definition> = keyof Definitions[D] & string;
type DefaultTable = typeof DEFAULTS;

/** Values with a default in the schema are always there; others only when they are written. */
type Read<D extends Definition, K, T> = D extends keyof DefaultTable
  ? K extends keyof DefaultTable[D]
    ? Sourced<T>
    : Sourced<T> | undefined
  : Sourced<T> | undefined;

/**
 * Reads one mapping of the format into sourced values. What has the wrong shape is read as if it
 * were absent: the schema has reported it already, and the rest can still be judged.
 */
export class SectionReader<D extends Definition> {
  readonly definition: D;
  /** Where defaults of this section are said to be: its name, since they are not written. */
  readonly label: SourceRange;
  readonly #node: MappingNode | undefined;
  readonly #sections: { readonly doubtful: boolean }[] = [];
  #doubtful = false;

  constructor(definition: D, node: SyntaxNode | undefined, label: SourceRange) {
    this.definition = definition;
    this.label = label;
    this.#node = node?.kind === 'mapping' ? node : undefined;
  }

  /** Whether the section is written at all. */
  get exists(): boolean {
    return this.#node !== undefined;
  }

  /**
   * Whether something is written here, or in a section of it that was read so far, but not in a way
   * that can be understood: keys that the format does not know included.
   */
  get doubtful(): boolean {
    if (this.#doubtful || this.#sections.some(({ doubtful }) => doubtful)) return true;
    return this.#node?.entries.some(({ key }) => !knowsKey(this.definition, key)) ?? false;
  }

  /** Says so of something that only who reads it can tell. */
  doubt(): void {
    this.#doubtful = true;
  }

  /** From its first character to its last, where it is written. */
  get range(): TextRange | undefined {
    return this.#node?.range;
  }

  has(key: Key<D>): boolean {
    return this.#entry(key) !== undefined;
  }

  text<K extends Key<D>>(key: K): Read<D, K, string> {
    return this.#read(key, (value) => {
      return typeof value === 'string' && value.trim() !== '' ? value : undefined;
    });
  }

  /** As `text`, of a key that the schema knows by a pattern of names. */
  textAt(key: string): Sourced<string> | undefined {
    return this.text(key as Key<D>) as Sourced<string> | undefined;
  }

  /** What is written here, in order, each with the place of its key. */
  keys(): readonly { readonly key: string; readonly at: SourceRange }[] {
    return (this.#node?.entries ?? []).map(({ key, keyRange }) => ({
      key,
      at: this.#place(keyRange),
    }));
  }

  choice<K extends Key<D>, T extends Extract<Definitions[D][K], string>>(key: K): Read<D, K, T> {
    // Values outside the list were reported by the schema; the default stands in for them.
    const choices = propertiesOf(this.definition)[key]?.enum;
    return this.#read(key, (value) =>
      typeof value === 'string' && choices?.includes(value) ? (value as T) : undefined,
    );
  }

  number<K extends Key<D>>(key: K): Read<D, K, number> {
    return this.#read(key, (value) => {
      return typeof value === 'number' && Number.isFinite(value) && value >= 0 ? value : undefined;
    });
  }

  /** A whole number from 0 on; the schema says more about its range. */
  integer<K extends Key<D>>(key: K): Read<D, K, number> {
    return this.#read(key, (value) => {
      return Number.isInteger(value) && Number(value) >= 0 ? Number(value) : undefined;
    });
  }

  boolean<K extends Key<D>>(key: K): Read<D, K, boolean> {
    return this.#read(key, (value) => (typeof value === 'boolean' ? value : undefined));
  }

  /** Milliseconds. */
  duration<K extends Key<D>>(key: K): Read<D, K, number> {
    return this.#read(key, (value) => {
      return typeof value === 'string' ? parseDuration(value) : undefined;
    });
  }

  /** Milliseconds, less than 0 with a minus. */
  offset<K extends Key<D>>(key: K): Read<D, K, number> {
    return this.#read(key, (value) => {
      if (typeof value !== 'string') return undefined;
      const ms = parseDuration(value.replace(/^-/, ''));
      return ms && value.startsWith('-') ? -ms : ms;
    });
  }

  /** Per second; zero is a problem, since nothing ever happens at it. */
  rate<K extends Key<D>>(key: K, problems: Problem[]): Read<D, K, number> {
    return this.#read(key, (value, range) => {
      const rate = typeof value === 'string' ? parseRate(value) : undefined;
      if (rate !== 0) return rate;
      const message = `'${key}' must be above 0. Leave it out where there is none.`;
      problems.push({ kind: 'invalid-rate', severity: 'error', message, range });
      return undefined;
    });
  }

  /** Per second; zero where nothing happens for a while. */
  rateOrNone<K extends Key<D>>(key: K): Read<D, K, number> {
    return this.#read(key, (value) => {
      return typeof value === 'string' ? parseRate(value) : undefined;
    });
  }

  /** A share in [0, 1]. */
  ratio<K extends Key<D>>(key: K): Read<D, K, number> {
    return this.#read(key, (value) => {
      if (typeof value === 'number') return value >= 0 && value <= 1 ? value : undefined;
      return typeof value === 'string' ? parseRatio(value) : undefined;
    });
  }

  section<E extends Definition>(key: Key<D>, definition: E): SectionReader<E> {
    const entry = this.#entry(key);
    const label = entry ? this.#place(entry.keyRange) : this.label;
    const section = new SectionReader(definition, entry?.value, label);
    if (entry && !section.exists) this.#doubtful = true;
    this.#sections.push(section);
    return section;
  }

  /** The items of a list, each with its place. */
  items(key: Key<D>): readonly ListItem[] {
    const node = this.#entry(key)?.value;
    if (node?.kind !== 'sequence') {
      if (node) this.#doubtful = true;
      return [];
    }
    return node.items.map((item) => ({ node: item, at: this.#place(item.range) }));
  }

  /** The entries of a mapping, in order. */
  entries(key: Key<D>): readonly MappingEntry[] {
    const node = this.#entry(key)?.value;
    return node?.kind === 'mapping' ? node.entries : [];
  }

  /** The entries of a mapping from names to sections, in order. */
  named<E extends Definition>(
    key: Key<D>,
    definition: E,
  ): readonly (readonly [name: string, section: SectionReader<E>])[] {
    return this.entries(key).map((entry) => [
      entry.key,
      new SectionReader(definition, entry.value, this.#place(entry.keyRange)),
    ]);
  }

  /** Where a key is written. */
  keyRange(key: Key<D>): SourceRange | undefined {
    const entry = this.#entry(key);
    return entry && this.#place(entry.keyRange);
  }

  /** The value's own node, for the few places that take more than one shape. */
  node(key: Key<D>): ListItem | undefined {
    const entry = this.#entry(key);
    return entry && { node: entry.value, at: this.#place(entry.value.range) };
  }

  #entry(key: string): MappingEntry | undefined {
    return this.#node && entryOf(this.#node, key);
  }

  #read<K extends Key<D>, T>(
    key: K,
    parse: (value: unknown, range: SourceRange) => T | undefined,
  ): Read<D, K, T> {
    const node = this.#entry(key)?.value;
    if (node?.kind === 'scalar') {
      const value = parse(node.value, this.#place(node.range));
      if (value !== undefined) {
        const source = { kind: 'explicit', at: this.#place(node.range) } as const;
        return { value, source } as Read<D, K, T>;
      }
    }
    if (node) this.#doubtful = true;
    const defaults = DEFAULTS[this.definition as keyof DefaultTable] as
      | Readonly<Record<string, unknown>>
      | undefined;
    const fallback = defaults?.[key];
    if (fallback === undefined) return undefined as Read<D, K, T>;
    const source = { kind: 'default', at: this.label } as const;
    return { value: parse(fallback, this.label), source } as Read<D, K, T>;
  }

  #place({ start, end }: { start: number; end: number }): SourceRange {
    return { file: this.label.file, start, end };
  }
}

export interface ListItem {
  readonly node: SyntaxNode;
  readonly at: SourceRange;
}

/** The texts of a list, each with its place; anything else in it is passed over. */
export function texts(items: readonly ListItem[]): Sourced<string>[] {
  return items.flatMap(({ node, at }) =>
    node.kind === 'scalar' && typeof node.value === 'string'
      ? [{ value: node.value, source: { kind: 'explicit', at } } as const]
      : [],
  );
}

/** Drops absent properties, so that optional ones are missing rather than `undefined`. */
export function present<T extends object>(
  values: T,
): { [K in keyof T as undefined extends T[K] ? never : K]: T[K] } & {
  [K in keyof T as undefined extends T[K] ? K : never]?: Exclude<T[K], undefined>;
} {
  const kept = Object.entries(values).filter(([, value]) => value !== undefined);
  return Object.fromEntries(kept) as ReturnType<typeof present<T>>;
}
