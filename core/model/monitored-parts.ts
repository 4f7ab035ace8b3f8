import type { Model } from './model.ts';

/** The components and groups of a system, as a monitor is told them. */
export function monitoredParts({ groups }: Model) {
  const all = [...groups.values()];
  return {
    components: all.flatMap(({ members, name: group }) =>
      members.map(({ name: id }) => ({ id, group })),
    ),
    groups: all.map(({ members, minHealthy, name }) => ({
      name,
      // Without a single member up a group does nothing, whatever it is said to need.
      minHealthy: Math.max(1, minHealthy.value),
      members: members.map((member) => member.name),
    })),
  };
}
