import { replicatedGroups } from '../facts/groups.ts';
import { quorumOf } from '../facts/quorum.ts';
import { setTo } from '../facts/setting-fix.ts';
import type { Rule } from '../rule.ts';

export const quorumUnreachable: Rule = {
  id: 'quorum-unreachable',
  title: 'A quorum asks for more copies than there are',
  severity: 'error',
  evidence: 'file',
  since: '0.1.0',
  absorbs: ['copies-exceed-members', 'write-needs-every-replica'],
  documentation: `
A write or a read that more copies must confirm than exist is never confirmed: the group cannot be
used.

**Fires when** \`replication.write\` or \`replication.read\`, or the majority that stands in for them, is
more than the \`copies\`, or more than the members that can hold one. Cold standbys hold none.

**Fix** Ask for a majority of the copies, or add members.
`,
  *check(model) {
    for (const group of replicatedGroups(model)) {
      const quorum = quorumOf(group);
      const { replication } = group;
      if (!quorum || !replication) continue;
      const kind = quorum.read > quorum.write ? 'read' : 'write';
      const needed = quorum[kind];
      const voters = quorum.voters.length;
      if (needed <= voters) continue;
      const written = replication[kind];
      const majority = written ? '' : `, a majority of ${quorum.copies}`;
      const have =
        voters === quorum.copies
          ? `there are ${voters}`
          : voters === 1
            ? 'only 1 member holds one'
            : `only ${voters} members hold one`;
      yield {
        subject: group.name,
        message: `A ${kind} at '${group.name}' needs ${needed} copies${majority}, but ${have}: it can never be confirmed. Ask for ${Math.floor(voters / 2) + 1}, or add members.`,
        at: (written ?? replication.copies ?? replication.mode).source.at,
        fixes: written ? setTo(kind, written, Math.floor(voters / 2) + 1) : [],
      };
    }
  },
};
