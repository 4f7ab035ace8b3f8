import type { Change } from '../../model/fix.ts';
import type { Group, Member, Role } from '../../model/model.ts';
import type { PlainValue } from '../../model/plain-value.ts';
import type { SourceRange } from '../../model/source.ts';
import { addMembers } from '../../rules/redundancy/group-fixes.ts';
import { listed } from '../../text/words.ts';
import { COSTS } from '../cost.ts';
import { entrySetting, type Lever, type Setting } from './lever.ts';

/** More at once are another design. */
const MOST_NEW = 4;

/**
 * More members, each in the zone with the fewest. A group that has standbys gets more of them, but
 * members that are to share the load must be active.
 */
export function membersLever(group: Group, roles: readonly Role[]): Lever {
  const settings: Setting[] = [];
  for (let count = 1; count <= MOST_NEW; count++) {
    for (const role of roles) settings.push(moreMembers(group.name, role, count));
  }
  return { settings };
}

function moreMembers(name: string, role: Role, count: number): Setting {
  return entrySetting('groups', name, count * COSTS.member, (group, model) => {
    const fix = addMembers(model, group, role, count);
    const changes = fix?.changes ?? [];
    const added = changes.flatMap(addedBy).map((value) => memberOf(value, role, group.nameAt));
    const zones = [...new Set(added.flatMap(({ zone }) => zone?.value ?? []))];
    const place = zones.length === 0 ? '' : `, in zone ${listed(zones)}`;
    return {
      entry: { ...group, members: [...group.members, ...added].sort((a, b) => rank(a) - rank(b)) },
      title: `${fix?.title ?? ''} to '${name}'${place}`,
      changes,
    };
  });
}

/** Actives stand before standbys in a model. */
function rank({ role }: Member): number {
  return role === 'active' ? 0 : 1;
}

function addedBy(change: Change): readonly PlainValue[] {
  return change.kind === 'append' ? change.values : [];
}

/** As it will be read from the text. */
function memberOf(value: PlainValue, role: Role, at: SourceRange): Member {
  const given =
    typeof value === 'object' && value !== null && 'id' in value ? value : { id: value };
  const source = { kind: 'explicit', at } as const;
  const zone = 'zone' in given && typeof given.zone === 'string' ? given.zone : undefined;
  return {
    name: String(given.id),
    nameAt: at,
    role,
    weight: { value: 1, source: { kind: 'default', at } },
    ...(zone !== undefined && { zone: { value: zone, source } }),
  };
}
