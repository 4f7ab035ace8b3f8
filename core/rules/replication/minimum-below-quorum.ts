import { defaultNote } from '../../model/source.ts';
import { plural } from '../../text/words.ts';
import { replicatedGroups } from '../facts/groups.ts';
import { quorumOf } from '../facts/quorum.ts';
import { setTo } from '../facts/setting-fix.ts';
import { available } from '../redundancy/group-facts.ts';
import type { Rule } from '../rule.ts';

export const minimumBelowQuorum: Rule = {
  id: 'minimum-below-quorum',
  title: 'The minimum of a group is below its quorum',
  severity: 'info',
  evidence: 'file',
  since: '0.1.0',
  documentation: `
\`minHealthy\` says how many members may be lost, and the fault-tolerance level follows from it. A
quorum that is lost earlier makes both say too much: the group stops answering while it still has its
minimum.

**Fires when** fewer members are enough for \`minHealthy\` than for a write or a read, and all members
vote.

**Fix** Set \`minHealthy\` to the quorum. The level may then be MEDIUM, which is what a quorum is: five
voters survive two failures, not three.
`,
  *check(model) {
    for (const group of replicatedGroups(model)) {
      const quorum = quorumOf(group);
      const { minHealthy, name } = group;
      if (!quorum || quorum.voters.length < available(group)) continue;
      const needed = Math.max(quorum.write, quorum.read);
      const voters = quorum.voters.length;
      if (minHealthy.value >= needed || needed > voters) continue;
      const suggested = plural(voters - minHealthy.value, 'failure');
      yield {
        subject: name,
        message: `minHealthy ${minHealthy.value}${defaultNote(minHealthy)} says that '${name}' survives ${suggested} of ${voters}, but its quorum of ${needed} survives ${voters - needed}. Set minHealthy to ${needed}, so that level and alarms follow the quorum.`,
        at: minHealthy.source.at,
        fixes: setTo('minHealthy', minHealthy, needed, group.nameAt),
      };
    }
  },
};
