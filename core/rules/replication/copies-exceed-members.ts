import { plural } from '../../text/words.ts';
import { replicatedGroups } from '../facts/groups.ts';
import { setTo } from '../facts/setting-fix.ts';
import type { Rule } from '../rule.ts';

export const copiesExceedMembers: Rule = {
  id: 'copies-exceed-members',
  title: 'There are to be more copies than members',
  severity: 'warning',
  evidence: 'file',
  since: '0.1.0',
  absorbs: ['quorum-even-size', 'minimum-below-quorum'],
  documentation: `
Each member holds one copy. Copies beyond the members do not exist, and a quorum that is a majority of
them leaves fewer failures to survive than it seems.

**Fires when** \`replication.copies\` is more than the members. Cold standbys hold no copy.

**Fix** Set \`copies\` to the number of members, or add members.
`,
  *check(model) {
    for (const { members, name, replication, standbyMode } of replicatedGroups(model)) {
      const copies = replication?.copies;
      const isCold = standbyMode.value === 'cold';
      const holders = members.filter(({ role }) => role === 'active' || !isCold).length;
      if (!copies || copies.value <= holders) continue;
      const cold = holders < members.length ? ' (cold standbys hold none)' : '';
      yield {
        subject: name,
        message: `'${name}' is to keep ${plural(copies.value, 'copy', 'copies')} but has ${plural(holders, 'member')} to hold them${cold}. Set copies to ${holders}, or add ${plural(copies.value - holders, 'member')}.`,
        at: copies.source.at,
        fixes: setTo('copies', copies, holders),
      };
    }
  },
};
