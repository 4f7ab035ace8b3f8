import { kOutOfN } from '../../analysis/index.ts';
import { defaultNote } from '../../model/source.ts';
import { formatPercent } from '../../time/index.ts';
import type { Rule } from '../rule.ts';
import { available, judgedGroups, placeOf } from './group-facts.ts';
import { addMembers } from './group-fixes.ts';

/** An ordinary availability of one member, to show the arithmetic with. */
const EXAMPLE = 0.99;

export const groupNoHeadroom: Rule = {
  id: 'group-no-headroom',
  title: 'A group cannot lose any of its members',
  severity: 'warning',
  evidence: 'file',
  since: '0.1.0',
  absorbs: [
    'hidden-single-point-of-failure',
    'group-availability-below-slo',
    'low-fault-tolerance-level',
    'standby-shares-domain',
    'domain-loss-breaks-minimum',
  ],
  documentation: `
When a group needs all of its members, redundancy works against it: the group is down as soon as any
one member is. Members that are up 99 % of the time give, three out of three, 0.99³ = 97.03 %, worse
than a single member. With one more member, three out of four, it is 99.94 %.

**Fires when** actives and standbys together are exactly \`minHealthy\`, and there are at least two.

**Fix** Add one member (a standby is enough), or lower \`minHealthy\` if the rest can carry the load.

**Source** A k-out-of-n system with k = n is a series system.
`,
  *check(model) {
    for (const group of judgedGroups(model)) {
      const members = available(group);
      if (members < 2 || members !== group.minHealthy.value) continue;
      const all = kOutOfN(members, members, EXAMPLE);
      const spare = kOutOfN(members, members + 1, EXAMPLE);
      if (!all || !spare) continue;
      yield {
        subject: group.name,
        message: `'${group.name}' needs ${members === 2 ? 'both' : `all ${members}`} of its members: minHealthy is ${members}${defaultNote(group.minHealthy)}. Losing any one takes it below its minimum. Members that are each up 99% of the time give ${formatPercent(all.up)} here, and ${formatPercent(spare.up)} with one more. Add a standby, or lower minHealthy if fewer can carry the load.`,
        at: placeOf(group.minHealthy, group),
        fixes: [addMembers(model, group, 'standby', 1)].filter((fix) => fix !== undefined),
      };
    }
  },
};
