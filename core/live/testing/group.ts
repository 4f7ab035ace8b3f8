import { createRandom, VirtualClock } from '../../time/index.ts';
import type { PolicyEvent } from '../events.ts';
import type { GroupOptions } from '../group-options.ts';

/** The database of the seed's examples: two primaries and two standbys. */
export const NODES = ['db-primary-1', 'db-primary-2', 'db-standby-1', 'db-standby-2'] as const;
export const [PRIMARY, SECOND, STANDBY, LAST] = NODES;

export function nodes(clock = new VirtualClock()): GroupOptions & { readonly clock: VirtualClock } {
  return {
    name: 'database',
    componentType: 'database',
    members: NODES.map((id) => ({ id, role: id.includes('primary') ? 'active' : 'standby' })),
    random: createRandom(1),
    clock,
  };
}

/** What has been said of members, each as one text, with the time. */
export function memberEvents(
  policy: { subscribe(listener: (event: PolicyEvent) => void): unknown },
  clock: VirtualClock,
): string[] {
  const events: string[] = [];
  policy.subscribe((event) => {
    if ('member' in event) events.push(`${clock.nowMs()} ${event.member} ${event.kind}`);
  });
  return events;
}
