import {
  type Availability,
  availabilityCeiling,
  kOutOfN,
  repairableGroup,
  structureOf,
} from '../../analysis/index.ts';
import type { Group, Member, Role } from '../../model/model.ts';
import {
  lostInTakeovers,
  type MemberAvailability,
  memberAvailability,
} from './member-availability.ts';
import { type Quorum, quorumOf } from './quorum.ts';

/**
 * Share of time that a group has its minimum of members, and its quorum, if members fail
 * independently. None where the file does not say how often they fail.
 */
export function groupAvailability(group: Group): Availability | undefined {
  const member = memberAvailability(group);
  if (!member) return undefined;
  const quorum = quorumOf(group);
  const found = quorum
    ? withQuorum(group, quorum, member.up)
    : (withColdStandbys(group, member) ??
      kOutOfN(neededOf(group), group.members.length, member.up));
  const lost = lostInTakeovers(group);
  // Keeps the digits of how often it is down.
  return found && { up: found.up * (1 - lost), down: lost + (1 - lost) * found.down };
}

/** The group with some more members of a role. */
export function withMore(group: Group, count: number, role: Role): Group {
  const { members, nameAt } = group;
  const weight = { value: 1, source: { kind: 'default', at: nameAt } } as const;
  const more = Array.from({ length: count }, (_, index): Member => {
    // No member of a file has a blank name.
    return { name: ' '.repeat(index + 1), nameAt, role, weight };
  });
  return { ...group, members: [...members, ...more] };
}

/** Standbys that are off while they wait cannot fail before they are needed. */
function withColdStandbys(group: Group, member: MemberAvailability): Availability | undefined {
  const { members, standbyMode } = group;
  const needed = neededOf(group);
  const actives = members.filter(({ role }) => role === 'active').length;
  const active = Math.max(actives, needed);
  const standby = members.length - active;
  if (standbyMode.value !== 'cold' || standby <= 0) return undefined;
  return repairableGroup({
    needed,
    active,
    standby,
    mttfMs: member.mtbfMs,
    mttrMs: member.detectionMs + member.recoveryMs,
    repairers: members.length,
    standbyFailureFactor: 0,
  });
}

/** The copies that vote may be on some of the members only. */
function withQuorum(group: Group, quorum: Quorum, up: number): Availability | undefined {
  const ids = group.members.map(({ name }) => `member ${name}`);
  const voters = quorum.voters.map(({ name }) => `member ${name}`);
  const nodes = ids.map((id) => ({ id, availability: up, needs: [] }));
  const needs = [
    { atLeast: neededOf(group), of: ids },
    { atLeast: Math.max(quorum.read, quorum.write), of: voters },
  ];
  const structure = structureOf({ nodes: [...nodes, { id: 'group', availability: 1, needs }] });
  const found = availabilityCeiling(structure, 'group');
  return found?.kind === 'exact' ? { up: found.up, down: found.down } : undefined;
}

function neededOf({ minHealthy }: Group): number {
  return Math.max(1, minHealthy.value);
}
