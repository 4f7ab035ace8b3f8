import type { Group } from '../../model/model.ts';
import { defaultNote } from '../../model/source.ts';
import { faultToleranceLevel } from '../../patterns/index.ts';
import { plural } from '../../text/words.ts';
import { quorumOf } from '../facts/quorum.ts';
import type { Rule } from '../rule.ts';
import { available, judgedGroups } from './group-facts.ts';
import { addMembers } from './group-fixes.ts';

export const lowFaultToleranceLevel: Rule = {
  id: 'low-fault-tolerance-level',
  title: 'The fault-tolerance level of a group is not HIGH',
  severity: 'warning',
  evidence: 'file',
  since: '0.1.0',
  documentation: `
The fault-tolerance level of a group compares what is available (healthy actives and standbys) with
\`minHealthy\`:

| level | available |
| --- | --- |
| HIGH | at least 2 × minHealthy |
| MEDIUM | at least minHealthy |
| LOW | fewer |

The level counts members; it does not measure availability. Five members with a minimum of three are
MEDIUM and yet survive two failures, so read it together with the failures tolerated, which the
message names.

**Fires when** the level is LOW (error) or MEDIUM (warning). Silent for a quorum that survives a failure:
a majority is always more than half, so its level cannot be HIGH.

**Fix** Add as many members as the message says, or lower \`minHealthy\` if fewer can carry the load.
`,
  *check(model) {
    for (const group of judgedGroups(model)) {
      const members = available(group);
      const minimum = group.minHealthy.value;
      const level = faultToleranceLevel(members, minimum);
      if (level === 'HIGH' || (level === 'MEDIUM' && isSoundQuorum(group))) continue;
      const note = defaultNote(group.minHealthy);
      const state = `'${group.name}' has fault-tolerance level ${level}: ${members} available, minHealthy ${minimum}${note}`;
      yield {
        subject: group.name,
        severity: level === 'LOW' ? 'error' : 'warning',
        message:
          level === 'LOW'
            ? `${state}. It is down as configured; ${minimum - members} more would make it MEDIUM, ${2 * minimum - members} more HIGH.`
            : `${state}, so it survives ${members === minimum ? 'no failure' : plural(members - minimum, 'failure')}. HIGH needs 2 × ${minimum} = ${2 * minimum}: add ${plural(2 * minimum - members, 'standby member')}.`,
        at: group.nameAt,
        fixes: [addMembers(model, group, 'standby', 2 * minimum - members)].filter(
          (fix) => fix !== undefined,
        ),
      };
    }
  },
};

function isSoundQuorum(group: Group): boolean {
  const quorum = quorumOf(group);
  if (!quorum) return false;
  const needed = Math.max(group.minHealthy.value, quorum.write, quorum.read);
  return needed < quorum.voters.length && quorum.voters.length === available(group);
}
