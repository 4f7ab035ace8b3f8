import type { Change, Fix } from '../../model/fix.ts';
import type { Group, Member, Model, Role } from '../../model/model.ts';
import { perModel } from '../../model/per-model.ts';
import type { PlainValue } from '../../model/plain-value.ts';
import { plural } from '../../text/words.ts';

/** More new members than these are a new design, not a fix. */
const MOST_NEW_MEMBERS = 10;

/** Writes the minimum of a group. */
export function setMinimum({ nameAt, minHealthy }: Group, value: number): Fix {
  const { kind, at } = minHealthy.source;
  const change: Change =
    kind === 'explicit'
      ? { kind: 'replace', at, value }
      : { kind: 'put', owner: nameAt, key: 'minHealthy', value };
  return { title: `Set minHealthy to ${value}`, safe: false, changes: [change] };
}

/**
 * Adds members to a group, named on after its last one. Where the others say their zone, a new one
 * goes to the zone with the fewest; with one zone only, to another that the file knows.
 */
export function addMembers(
  model: Model,
  { name, nameAt, members }: Group,
  role: Role,
  count: number,
): Fix | undefined {
  if (count > MOST_NEW_MEMBERS) return undefined;
  const names = newNames(model, members.at(-1)?.name ?? `${name}-0`, count);
  const zones = new Zones(model, members);
  const values = names.map((id): PlainValue => {
    const zone = zones.next();
    return zone === undefined ? id : { id, zone };
  });
  const [one, many] = role === 'active' ? ['member', 'member'] : ['standby', 'standby member'];
  const title = count === 1 ? `Add the ${one} '${names[0]}'` : `Add ${plural(count, many)}`;
  const change: Change = { kind: 'append', owner: nameAt, key: role, values };
  return { title, safe: false, changes: [change] };
}

/** What the whole file uses; gathered once, since every group may need it. */
interface Known {
  readonly names: ReadonlySet<string>;
  /** After each name that was looked at: the first number behind it that was free. */
  readonly next: Map<string, number>;
  /** In the order of the file. */
  readonly zones: readonly string[];
  readonly regions: readonly string[];
}

export const knownIn = perModel((model: Model): Known => {
  const members = [...model.groups.values()].flatMap((group) => group.members);
  const distinct = (domains: readonly (string | undefined)[]) =>
    [...new Set(domains)].filter((domain) => domain !== undefined);
  return {
    names: new Set([
      ...members.map(({ name }) => name),
      ...model.services.keys(),
      ...model.groups.keys(),
      ...model.unread,
    ]),
    next: new Map(),
    zones: distinct(members.map(({ zone }) => zone?.value)),
    regions: distinct(members.map(({ region }) => region?.value)),
  };
});

/** Which zone the next new member goes to; none where a member of the group does not say its own. */
class Zones {
  readonly #counts = new Map<string, number>();

  constructor(model: Model, members: readonly Member[]) {
    const own = members.map(({ zone }) => zone?.value);
    if (!own.every((zone) => zone !== undefined)) return;
    const isAlone = new Set(own).size <= 1;
    for (const zone of isAlone && own.length > 0 ? knownIn(model).zones : own) {
      this.#counts.set(zone, 0);
    }
    for (const zone of own) this.#count(zone);
  }

  next(): string | undefined {
    const [fewest] = [...this.#counts].sort(([, a], [, b]) => a - b)[0] ?? [];
    if (fewest !== undefined) this.#count(fewest);
    return fewest;
  }

  #count(zone: string): void {
    this.#counts.set(zone, (this.#counts.get(zone) ?? 0) + 1);
  }
}

/** `db-3`, `db-4` after `db-2`: names that the file does not use yet. */
function newNames(model: Model, last: string, count: number): string[] {
  const [, stem = last, digits] = /^(.*?)(\d{1,9})$/.exec(last) ?? [];
  const nameOf = (number: number) =>
    digits === undefined
      ? `${stem}-${number}`
      : `${stem}${String(number).padStart(digits.length, '0')}`;
  const names: string[] = [];
  let number = digits === undefined ? 2 : Number(digits) + 1;
  while (names.length < count) {
    number = firstFree(knownIn(model), number, nameOf);
    names.push(nameOf(number));
    number += 1;
  }
  return names;
}

/** The first number from one on whose name is not used; remembers what was passed over. */
function firstFree({ names, next }: Known, from: number, nameOf: (number: number) => string) {
  const passed: string[] = [];
  let number = from;
  for (let name = nameOf(number); names.has(name); name = nameOf(number)) {
    passed.push(name);
    number = next.get(name) ?? number + 1;
  }
  // Thousands of groups may go on from the names of one another.
  for (const name of passed) next.set(name, number);
  return number;
}
