import {
  type Availability,
  availabilityCeiling,
  kOutOfN,
  repairableGroup,
  solveSystem,
  structureOf,
  withCommonCause,
} from '../../analysis/index.ts';
import { standbyPace } from '../../model/machine-options.ts';
import type { Group, Member, Role } from '../../model/model.ts';
import {
  lostInTakeovers,
  type MemberAvailability,
  memberAvailability,
} from './member-availability.ts';
import { type Quorum, quorumOf } from './quorum.ts';

/**
 * Share of time that a group has its minimum of members, and its quorum, if members fail
 * independently but for what `commonCause` says. None where the file does not say how often they
 * fail, where they wait for a repair crew, and for mixtures that no closed form covers.
 */
export function groupAvailability(group: Group): Availability | undefined {
  const member = memberAvailability(group);
  if (!member || group.repairCrew) return undefined;
  const found = withoutTakeovers(group, member);
  const lost = lostInTakeovers(group);
  // Keeps the digits of how often it is down.
  return found && { up: found.up * (1 - lost), down: lost + (1 - lost) * found.down };
}

function withoutTakeovers(group: Group, member: MemberAvailability): Availability | undefined {
  const quorum = quorumOf(group);
  if (member.commonCause > 0) return quorum ? undefined : withSharedCause(group, member);
  if (quorum) return withQuorum(group, quorum, member.up);
  return (
    withSlowStandbys(group, member) ?? kOutOfN(neededOf(group), group.members.length, member.up)
  );
}

/** Chains of more states take too long while somebody types. */
const MOST_STATES = 200;

/**
 * After a common cause all members come back at once where recovery always takes the same time; where
 * its times are exponential the group is back before the last of them.
 */
function withSharedCause(group: Group, member: MemberAvailability): Availability | undefined {
  const { members, recovery, recoverySpread } = group;
  if (standbyPace(group) < 1 || recovery.successRate.value < 1) return undefined;
  const needed = neededOf(group);
  if (recoverySpread.distribution.value === 'constant') {
    return withCommonCause(needed, members.length, member.up, member.commonCause);
  }
  if (recoverySpread.distribution.value !== 'exponential' || member.detectionMs > 0)
    return undefined;
  const alike = {
    count: members.length,
    mttfMs: member.mtbfMs,
    mttrMs: member.recoveryMs,
    within: [],
    place: '',
  };
  const { commonCause } = member;
  const shared = { needed, classes: [0], standbyPace: 1, commonCause, coverage: 1 };
  const solved = solveSystem({ classes: [alike], groups: [shared], crews: [] }, MOST_STATES);
  const down = solved?.longRun((isUp) => isUp(0)).down;
  return down === undefined ? undefined : { up: 1 - down, down };
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

/** Standbys that are off while they wait cannot fail before they are needed, and idle ones seldom. */
function withSlowStandbys(group: Group, member: MemberAvailability): Availability | undefined {
  const { members } = group;
  const pace = standbyPace(group);
  const needed = neededOf(group);
  const actives = members.filter(({ role }) => role === 'active').length;
  const active = Math.max(actives, needed);
  const standby = members.length - active;
  if (pace === 1 || standby <= 0) return undefined;
  return repairableGroup({
    needed,
    active,
    standby,
    mttfMs: member.mtbfMs,
    mttrMs: member.detectionMs + member.recoveryMs,
    repairers: members.length,
    standbyFailureFactor: pace,
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
