import type { Group, Member, Model } from '../../model/model.ts';
import type { Sourced, SourceRange } from '../../model/source.ts';

/** Members of a group at the start: all of them are healthy. */
export function available(group: Group): number {
  return group.members.length;
}

/**
 * The groups whose redundancy can be judged: neither those that cannot be read in full, nor single
 * instances by design.
 */
export function judgedGroups(model: Model): Group[] {
  return [...model.groups.values()].filter(
    ({ doubtful, singleton, members }) => !doubtful && !(singleton.value && members.length === 1),
  );
}

/** Where to point for a value: itself when it is written, else the group's name. */
export function placeOf(value: Sourced<unknown>, group: Group): SourceRange {
  return value.source.kind === 'explicit' ? value.source.at : group.nameAt;
}

export function actives({ members }: Group): readonly Member[] {
  return members.filter(({ role }) => role === 'active');
}

export function standbys({ members }: Group): readonly Member[] {
  return members.filter(({ role }) => role === 'standby');
}

/** Whether its members are enough as long as nothing fails; else that is what must be said first. */
export function meetsMinimum(group: Group): boolean {
  return group.members.length >= Math.max(1, group.minHealthy.value);
}
