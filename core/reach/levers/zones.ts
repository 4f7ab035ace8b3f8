import type { Group, Member, Model } from '../../model/model.ts';
import { knownIn } from '../../rules/redundancy/group-fixes.ts';
import { plural } from '../../text/words.ts';
import { COSTS } from '../cost.ts';
import { changed, entrySetting, type Lever } from './lever.ts';

/**
 * Members spread over the zones that the file knows, with as few moves as can be. Regions are left
 * alone: a zone belongs to one.
 */
export function zonesLever(model: Model, group: Group): Lever {
  const moves = movesOf(group, knownIn(model).zones);
  if (moves.size === 0) return { settings: [] };
  const setting = entrySetting('groups', group.name, moves.size * COSTS.zone, (present) => ({
    entry: {
      ...present,
      members: present.members.map((member) => {
        const zone = moves.get(member.name);
        return zone && member.zone ? { ...member, zone: changed(member.zone, zone) } : member;
      }),
    },
    title: `Spread '${group.name}' over zones: move ${moveText(moves)}`,
    changes: present.members.flatMap(({ name, zone }) => {
      const value = moves.get(name);
      return value && zone ? [{ kind: 'replace', at: zone.source.at, value } as const] : [];
    }),
  }));
  return { settings: [setting] };
}

/** Which member goes where, so that no zone has two more than another. */
function movesOf({ members }: Group, zones: readonly string[]): ReadonlyMap<string, string> {
  const moves = new Map<string, string>();
  if (!members.every(({ region, zone }) => zone && !region)) return moves;
  const inZone = new Map<string, Member[]>(zones.map((zone) => [zone, []]));
  for (const member of members) inZone.get(member.zone?.value ?? '')?.push(member);
  for (;;) {
    const sorted = [...inZone].sort(([, a], [, b]) => b.length - a.length);
    const [most, fewest] = [sorted[0], sorted.at(-1)];
    if (!most || !fewest || most[1].length - fewest[1].length < 2) return moves;
    const member = most[1].pop();
    if (!member) return moves;
    fewest[1].push(member);
    moves.set(member.name, fewest[0]);
  }
}

function moveText(moves: ReadonlyMap<string, string>): string {
  const [first, ...others] = moves;
  if (!first || others.length > 0) return plural(moves.size, 'member');
  return `'${first[0]}' to ${first[1]}`;
}
