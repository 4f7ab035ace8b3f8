import type { Group, Model } from '../../model/model.ts';

/** The groups that can be read in full and keep copies; one copy has nothing to agree with. */
export function replicatedGroups(model: Model): readonly Group[] {
  return [...model.groups.values()].filter(
    ({ doubtful, members, replication }) => !doubtful && replication && members.length > 1,
  );
}
