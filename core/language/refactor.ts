import { isSameData } from '../config/edit/plain.ts';
import type { Config, MappingEntry } from '../config/index.ts';
import { toPlainValue } from '../config/syntax/node.ts';
import type { Change } from '../model/fix.ts';
import { type Group, isImported, type Model, type SectionName } from '../model/model.ts';
import type { PlainValue } from '../model/plain-value.ts';
import type { SourceRange } from '../model/source.ts';
import { plural } from '../text/words.ts';
import { type Name, type NameKind, namesOf } from './names.ts';

/** A change that the user may want, without anything being wrong. */
export interface Refactoring {
  readonly title: string;
  readonly kind: 'extract' | 'inline' | 'rewrite';
  readonly changes: readonly Change[];
}

/** What can be done with the part at an offset. */
export function refactoringsAt(config: Config, offset: number): Refactoring[] {
  const { model } = config;
  const group = [...model.groups.values()].find(
    ({ at }) => offset >= at.start && offset <= at.end && !isImported(model, at),
  );
  const place = namesOf(model).at(offset);
  return [
    ...(group && !group.doubtful ? [addStandby(model, group)] : []),
    ...(place ? policyRefactorings(config, place.name, place.at) : []),
  ];
}

const SECTIONS: Readonly<Partial<Record<NameKind, SectionName>>> = {
  breaker: 'circuitBreakers',
  bulkhead: 'bulkheads',
  retry: 'retries',
  'rate-limiter': 'rateLimiters',
  'concurrency-limit': 'concurrencyLimits',
  'connection-pool': 'connectionPools',
};
/** How many a pool holds. */
const SIZE_KEYS: Readonly<Partial<Record<NameKind, string>>> = {
  bulkhead: 'size',
  'connection-pool': 'max',
};

function addStandby(model: Model, group: Group): Refactoring {
  const id = nextId(model, group);
  const zone = emptiestZone(group);
  const member: PlainValue = zone === undefined ? id : { id, zone };
  return {
    title: `Add a standby to '${group.name}'${zone === undefined ? '' : ` in zone ${zone}`}`,
    kind: 'rewrite',
    changes: [{ kind: 'append', owner: group.nameAt, key: 'standby', values: [member] }],
  };
}

/** Numbered on from the last member. */
function nextId(model: Model, { members, name }: Group): string {
  const [, stem = `${name}-`, number = `${members.length}`] =
    /^(.*?)(\d+)$/.exec(members.at(-1)?.name ?? '') ?? [];
  const names = namesOf(model);
  const isTaken = (id: string) =>
    (['component', 'group', 'service'] as const).some((kind) => names.find(kind, id));
  let next = Number(number) + 1;
  while (isTaken(`${stem}${next}`)) next++;
  return `${stem}${next}`;
}

/** Of the zones that the members are in, the one with the fewest. */
function emptiestZone({ members }: Group): string | undefined {
  const counts = new Map<string, number>();
  for (const { zone } of members) {
    if (zone) counts.set(zone.value, (counts.get(zone.value) ?? 0) + 1);
  }
  return [...counts].toSorted(([, a], [, b]) => a - b)[0]?.[0];
}

function policyRefactorings(config: Config, name: Name, at: SourceRange): Refactoring[] {
  const section = SECTIONS[name.kind];
  const entry = section && policyEntry(config, section, name);
  // What other files use is not changed from here.
  if (!section || !entry || name.uses.some(({ file }) => file !== config.file)) return [];
  const isUse = at !== name.definition?.at;
  return isUse
    ? ownCopy(config, section, name, entry.own, at)
    : [...split(config, section, name, entry.own), ...merge(name, entry)];
}

/** The call gets a policy of its own, to be changed without changing others. */
function ownCopy(
  config: Config,
  section: SectionName,
  { name, uses }: Name,
  entry: MappingEntry,
  at: SourceRange,
): Refactoring[] {
  if (uses.length < 2) return [];
  const copy = freeName(config, section, `${name}-${userAt(config.model, at)}`);
  const owner = sectionKey(config, section);
  if (!owner) return [];
  const value = toPlainValue(entry.value) as PlainValue;
  return [
    {
      title: `Give this its own copy of '${name}', as '${copy}'`,
      kind: 'extract',
      changes: [
        { kind: 'put', owner, key: copy, value },
        { kind: 'replace', at, value: copy },
      ],
    },
  ];
}

/** Each user gets a pool of its own; together they hold as many as before. */
function split(
  config: Config,
  section: SectionName,
  { kind, name, uses }: Name,
  entry: MappingEntry,
): Refactoring[] {
  const key = SIZE_KEYS[kind];
  const value = toPlainValue(entry.value) as { readonly [key: string]: PlainValue };
  const size = key === undefined ? undefined : value[key];
  const owner = sectionKey(config, section);
  if (key === undefined || typeof size !== 'number' || !owner) return [];
  if (uses.length < 2 || size < uses.length) return [];
  const sizes = uses.map((_, index) => Math.floor((size + uses.length - 1 - index) / uses.length));
  const taken = new Set<string>();
  const others = uses.slice(1).map((at, index): Change[] => {
    const own = freeName(config, section, `${name}-${userAt(config.model, at)}`, taken);
    taken.add(own);
    return [
      { kind: 'put', owner, key: own, value: { ...value, [key]: sizes[index + 1] as number } },
      { kind: 'replace', at, value: own },
    ];
  });
  const first: Change = { kind: 'put', owner: entry.keyRange, key, value: sizes[0] as number };
  return [
    {
      title: `Split '${name}' into one for each of its ${plural(uses.length, 'user')} (${sizes.join(' + ')})`,
      kind: 'rewrite',
      changes: [first, ...others.flat()],
    },
  ];
}

/** Two policies that say the same can be one. */
function merge({ name, uses }: Name, { beside, own }: PolicyEntry): Refactoring[] {
  const value = toPlainValue(own.value);
  const twin = beside.find(
    (one) =>
      one !== own && one.value.kind === 'mapping' && isSameData(toPlainValue(one.value), value),
  );
  if (!twin) return [];
  return [
    {
      title: `Use '${twin.key}' in place of '${name}': they say the same`,
      kind: 'inline',
      changes: [
        ...uses.map((at): Change => ({ kind: 'replace', at, value: twin.key })),
        { kind: 'remove', at: own.keyRange },
      ],
    },
  ];
}

interface PolicyEntry {
  readonly own: MappingEntry;
  readonly beside: readonly MappingEntry[];
}

function policyEntry({ root }: Config, section: SectionName, name: Name): PolicyEntry | undefined {
  const entries = root?.kind === 'mapping' ? root.entries : [];
  const written = entries.find(({ key }) => key === section)?.value;
  const beside = written?.kind === 'mapping' ? written.entries : [];
  const own = beside.find(({ keyRange }) => keyRange.start === name.definition?.at.start);
  return own?.value.kind === 'mapping' ? { own, beside } : undefined;
}

function sectionKey({ root }: Config, section: SectionName): MappingEntry['keyRange'] | undefined {
  const entries = root?.kind === 'mapping' ? root.entries : [];
  return entries.find(({ key }) => key === section)?.keyRange;
}

/** What a user of a policy is called: the callee of the call, or the service. */
function userAt(model: Model, at: SourceRange): string {
  for (const { bulkhead, calls, name } of model.services.values()) {
    if (bulkhead?.source.at.start === at.start) return name;
    const call = calls.find((one) => at.start >= one.at.start && at.end <= one.at.end);
    if (call) return call.to.value;
  }
  return 'copy';
}

function freeName(
  { model }: Config,
  section: SectionName,
  wanted: string,
  taken: ReadonlySet<string> = new Set(),
): string {
  const [kind] = Object.entries(SECTIONS).find(([, one]) => one === section) ?? [];
  const names = namesOf(model);
  const isFree = (name: string) => !taken.has(name) && !names.find(kind as NameKind, name);
  if (isFree(wanted)) return wanted;
  let number = 2;
  while (!isFree(`${wanted}-${number}`)) number++;
  return `${wanted}-${number}`;
}
