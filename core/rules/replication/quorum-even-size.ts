import type { Fix } from '../../model/fix.ts';
import type { Group, Model, Replication } from '../../model/model.ts';
import { plural } from '../../text/words.ts';
import { judgedGroups } from '../redundancy/group-facts.ts';
import { addMembers } from '../redundancy/group-fixes.ts';
import type { Rule } from '../rule.ts';

export const quorumEvenSize: Rule = {
  id: 'quorum-even-size',
  title: 'A quorum has an even number of voters',
  severity: 'warning',
  evidence: 'file',
  since: '0.1.0',
  documentation: `
A quorum is a majority of the voters. An even number of voters tolerates no more failures than one
voter fewer, and there is one more that can fail:

| voters | majority | failures tolerated |
| --- | --- | --- |
| 3 | 2 | 1 |
| 4 | 3 | 1 |
| 5 | 3 | 2 |

At 99 % per voter, three give 99.9702 % and four give 99.9408 %.

**Fires when** \`replication.mode\` is \`quorum\` and the number of voters (\`copies\`, else the members)
is even, unless \`write\` and \`read\` say that something other than a majority is meant.

**Fix** Add or remove one voter.

**Source** etcd FAQ, "Why an odd number of cluster members?".
`,
  *check(model) {
    for (const group of judgedGroups(model)) {
      const { replication } = group;
      if (replication?.mode.value !== 'quorum' || replication.write || replication.read) continue;
      const voters = replication.copies?.value ?? group.members.length;
      if (voters === 0 || voters % 2 === 1) continue;
      const tolerated = voters / 2 - 1;
      yield {
        subject: group.name,
        message: `${voters} voters of '${group.name}' tolerate ${plural(tolerated, 'failure')}, the same as ${voters - 1}: a majority of ${voters} is ${voters / 2 + 1}. Use ${voters - 1} or ${voters + 1}.`,
        at: (replication.copies ?? replication.mode).source.at,
        fixes: [setVoters(replication, voters - 1), ...moreVoters(model, group, voters + 1)],
      };
    }
  },
};

function setVoters({ copies, mode }: Replication, voters: number): Fix {
  return {
    title: `Let ${plural(voters, 'member')} vote`,
    safe: false,
    changes: [
      copies
        ? { kind: 'replace', at: copies.source.at, value: voters }
        : { kind: 'put', owner: mode.source.at, key: 'copies', value: voters },
    ],
  };
}

/** One more of the members that there are, else one more member. */
function moreVoters(model: Model, group: Group, voters: number): readonly Fix[] {
  const { members, replication } = group;
  if (replication?.copies) {
    return members.length >= voters ? [setVoters(replication, voters)] : [];
  }
  return [addMembers(model, group, 'active', 1)].filter((fix) => fix !== undefined);
}
