import type { Group } from '../../model/model.ts';
import type { Sourced } from '../../model/source.ts';
import { plural } from '../../text/words.ts';
import { formatRate } from '../../time/index.ts';
import { isService, type Node } from './order.ts';

export interface Capacity {
  readonly perSecond: number;
  /** How it comes about: `2 members × 300/s = 600/s`. */
  readonly text: string;
  /** The value that is written. */
  readonly written: Sourced<number>;
}

/** Members that serve when so many have been lost and standbys have filled in where they must. */
export function servingMembers({ members, minHealthy }: Group, lost = 0): number {
  const actives = members.filter(({ role }) => role === 'active').length;
  const left = Math.max(0, members.length - lost);
  return Math.min(left, Math.max(actives - lost, minHealthy.value));
}

/** What a service or a group can serve in all; none where the file sets no limit, or nobody is left. */
export function capacityOf(node: Node, lost = 0): Capacity | undefined {
  const written = node.capacityPerSecond;
  if (!written) return undefined;
  if (isService(node)) {
    // The members of its group count instead.
    if (node.runsOn) return undefined;
    return {
      perSecond: written.value,
      written,
      get text() {
        return formatRate(written.value);
      },
    };
  }
  const serving = servingMembers(node, lost);
  if (serving === 0) return undefined;
  const perSecond = serving * written.value;
  return {
    perSecond,
    written,
    // Most capacities are never told of.
    get text() {
      if (serving === 1) return formatRate(perSecond);
      const members = plural(serving, 'member');
      return `${members} × ${formatRate(written.value)} = ${formatRate(perSecond)}`;
    },
  };
}
