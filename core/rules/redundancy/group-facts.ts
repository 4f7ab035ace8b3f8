import type { Group, Model } from '../../model/model.ts';
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
