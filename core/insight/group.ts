import type { Availability } from '../analysis/index.ts';
import type { Group } from '../model/model.ts';
import type { Sourced } from '../model/source.ts';
import { type FaultToleranceLevel, faultToleranceLevel } from '../patterns/index.ts';
import { groupAvailability, withMore } from '../rules/facts/availability.ts';
import { type Domain, domainsOf } from '../rules/facts/domains.ts';
import { type MemberAvailability, memberAvailability } from '../rules/facts/member-availability.ts';
import { quorumOf } from '../rules/facts/quorum.ts';
import type { InsightBase, Want } from './insight.ts';

export interface GroupInsight extends InsightBase {
  readonly kind: 'group';
  /** Members, all of them healthy. */
  readonly available: number;
  readonly minHealthy: Sourced<number>;
  readonly strength: GroupStrength;
  /** The zone, or region, whose loss hurts most; absent where members do not say theirs. */
  readonly worstLoss?: DomainLoss;
  /** What the availability is reckoned from. */
  readonly member?: MemberAvailability;
  /** How much of the recovery is written, and how much is default. */
  readonly recoveryIs: 'written' | 'partly default' | 'default';
  readonly withOneMore: GroupStrength;
}

/** How much a group can take. */
export interface GroupStrength {
  readonly level: FaultToleranceLevel;
  /** Failures that it can have before it is below its minimum, or without a quorum. */
  readonly toleratedInAll: number;
  /** The same without the help of standbys. */
  readonly toleratedAtOnce: number;
  readonly availability?: Availability;
}

export interface DomainLoss {
  readonly domain: 'zone' | 'region';
  readonly name: string;
  readonly takes: number;
  readonly leaves: number;
  readonly survived: boolean;
}

export function groupInsight(group: Group): GroupInsight {
  const { members, minHealthy, name, nameAt: at } = group;
  const worstLoss = worstLossOf(group);
  const member = memberAvailability(group);
  return {
    kind: 'group',
    name,
    at,
    available: members.length,
    minHealthy,
    strength: strengthOf(group),
    ...(worstLoss && { worstLoss }),
    ...(member && { member }),
    recoveryIs: recoveryIs(group),
    withOneMore: strengthOf(enlarged(group)),
    wants: wantsOf(group),
  };
}

function strengthOf(group: Group): GroupStrength {
  const { members, minHealthy } = group;
  const needed = Math.max(1, minHealthy.value);
  const active = members.filter(({ role }) => role === 'active').length;
  const quorum = quorumOf(group);
  const spareVotes = quorum
    ? quorum.voters.length - Math.max(quorum.read, quorum.write)
    : Number.POSITIVE_INFINITY;
  const tolerated = (count: number) => Math.max(0, Math.min(count - needed, spareVotes));
  const availability = groupAvailability(group);
  return {
    level: faultToleranceLevel(members.length, minHealthy.value),
    toleratedInAll: tolerated(members.length),
    toleratedAtOnce: tolerated(active),
    ...(availability && { availability }),
  };
}

function worstLossOf(group: Group): DomainLoss | undefined {
  const [worst] = domainsOf(group)
    .map((domain) => lossOf(group, domain))
    .sort((a, b) => Number(a.survived) - Number(b.survived) || b.takes - a.takes);
  return worst;
}

function lossOf(group: Group, { kind, members, name }: Domain): DomainLoss {
  const leaves = group.members.length - members.length;
  const quorum = quorumOf(group);
  const lost = new Set(members);
  const votes = quorum?.voters.filter((voter) => !lost.has(voter)).length ?? 0;
  const hasQuorum = !quorum || votes >= Math.max(quorum.read, quorum.write);
  const survived = leaves >= Math.max(1, group.minHealthy.value) && hasQuorum;
  return { domain: kind, name, takes: members.length, leaves, survived };
}

/** With one more standby where it has some, else with one more active member. */
function enlarged(group: Group): Group {
  return withMore(
    group,
    1,
    group.members.some(({ role }) => role === 'standby') ? 'standby' : 'active',
  );
}

function recoveryIs({ recovery }: Group): GroupInsight['recoveryIs'] {
  const values = Object.values(recovery);
  if (values.every(({ source }) => source.kind === 'explicit')) return 'written';
  return values.every(({ source }) => source.kind === 'default') ? 'default' : 'partly default';
}

function wantsOf(group: Group): Want[] {
  const wants: Want[] = [];
  if (!group.mtbfMs) wants.push({ key: 'failures.mtbf', tells: 'availability' });
  if (group.members.length > 1 && domainsOf(group).length === 0) {
    wants.push({ key: 'zone', to: 'each member', tells: 'which zone it can lose' });
  }
  return wants;
}
