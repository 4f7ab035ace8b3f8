import type { Model } from '../../model/model.ts';
import { isSoft, sitesOf } from './calls.ts';
import { isService, type Node } from './order.ts';

/**
 * All that a service or a group cannot do without, itself first and nearer ones before farther ones:
 * what it calls without a fallback, and the group that it runs on.
 *
 * @param most nodes, after which the walk ends
 */
export function neededBy(model: Model, start: Node, most: number): ReadonlySet<Node> {
  const needed = new Set<Node>([start]);
  const sites = sitesOf(model);
  // Grows while it is walked.
  for (const node of needed) {
    if (needed.size > most) break;
    if (!isService(node)) continue;
    const group = node.runsOn && model.groups.get(node.runsOn.value);
    if (group) needed.add(group);
    for (const { call, callee } of sites.get(node) ?? []) {
      if (callee && !isSoft(call)) needed.add(callee);
    }
  }
  return needed;
}
