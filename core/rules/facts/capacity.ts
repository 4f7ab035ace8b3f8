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
    return new MembersCapacity(written);
  }
  const serving = servingMembers(node, lost);
  if (serving === 0) return undefined;
  return new MembersCapacity(written, serving);
}

class MembersCapacity implements Capacity {
  readonly written: Sourced<number>;
  readonly perSecond: number;
  readonly #members: number;

  constructor(written: Sourced<number>, members = 1) {
    this.written = written;
    this.perSecond = members * written.value;
    this.#members = members;
  }

  /** Put into words only where it is told of, which is seldom. */
  get text(): string {
    const all = formatRate(this.perSecond);
    if (this.#members === 1) return all;
    return `${plural(this.#members, 'member')} × ${formatRate(this.written.value)} = ${all}`;
  }
}
