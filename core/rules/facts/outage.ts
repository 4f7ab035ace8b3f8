import type { Group, Model } from '../../model/model.ts';
import { isService, type Node } from './order.ts';
import { recoveryTimes } from './recovery.ts';

/** The group whose members do the work of a service or of the group itself. */
export function groupBehind(model: Model, node: Node): Group | undefined {
  if (!isService(node)) return node;
  return node.runsOn && model.groups.get(node.runsOn.value);
}

/**
 * How long an outage of a callee lasts on average, where its own recovery decides: its group has no
 * member to spare, and says how long a recovery takes.
 */
export function meanOutageMs(model: Model, callee: Node | undefined): number | undefined {
  const group = callee && groupBehind(model, callee);
  if (!group || group.doubtful || group.recovery.timeMs.source.kind === 'default') return undefined;
  if (group.members.length !== Math.max(1, group.minHealthy.value)) return undefined;
  const { meanMs } = recoveryTimes(group.recovery);
  return Number.isFinite(meanMs) ? meanMs : undefined;
}
