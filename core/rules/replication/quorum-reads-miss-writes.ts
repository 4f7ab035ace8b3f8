import { replicatedGroups } from '../facts/groups.ts';
import { quorumOf, quorumText } from '../facts/quorum.ts';
import { addKey, setTo } from '../facts/setting-fix.ts';
import type { Rule } from '../rule.ts';

export const quorumReadsMissWrites: Rule = {
  id: 'quorum-reads-miss-writes',
  title: 'A read may miss a confirmed write',
  severity: 'info',
  evidence: 'file',
  since: '0.1.0',
  documentation: `
A read is sure to see the latest confirmed write only if the copies that answer it and those that
confirmed the write overlap: R + W > N. Otherwise it may meet only copies that have not got it yet.

**Fires when** R + W ≤ N and at least one of \`read\` and \`write\` is written.

**Fix** Raise \`read\` or \`write\`, or know that reads may be stale: some systems want that, for speed.

**Source** Gifford, "Weighted Voting for Replicated Data" (1979); the Dynamo paper (2007).
`,
  *check(model) {
    for (const group of replicatedGroups(model)) {
      const quorum = quorumOf(group);
      const { name, replication } = group;
      const written = replication?.read ?? replication?.write;
      if (!quorum || !replication || !written) continue;
      const { copies, read, write } = quorum;
      if (read + write > copies) continue;
      yield {
        subject: name,
        message: `A read of '${name}' may miss a confirmed write: ${quorumText('R', read, replication.read)} + ${quorumText('W', write, replication.write)} is not more than ${copies} copies. Read from ${copies - write + 1} to be sure, or accept stale reads.`,
        at: written.source.at,
        fixes: replication.read
          ? setTo('read', replication.read, copies - write + 1)
          : addKey('read', copies - write + 1, written.source.at),
      };
    }
  },
};
