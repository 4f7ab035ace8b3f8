import { replicatedGroups } from '../facts/groups.ts';
import { quorumOf } from '../facts/quorum.ts';
import { setTo } from '../facts/setting-fix.ts';
import type { Rule } from '../rule.ts';

export const quorumNotMajority: Rule = {
  id: 'quorum-not-majority',
  title: 'Two writes can be confirmed without meeting',
  severity: 'warning',
  evidence: 'file',
  since: '0.1.0',
  absorbs: ['quorum-reads-miss-writes', 'durability-below-tolerance'],
  documentation: `
When half of the copies or fewer are enough to confirm a write, both halves of a split network go on
writing, and what they wrote contradicts each other when they meet again. Any two majorities have a
copy in common, so only one of them can go on.

**Fires when** \`replication.write\` is at most half of the copies (2W ≤ N).

**Fix** Write to a majority, ⌊N/2⌋ + 1, or leave \`write\` out. Keep less only where every write can be
merged with any other.

**Source** Gifford, "Weighted Voting for Replicated Data" (1979); etcd FAQ.
`,
  *check(model) {
    for (const group of replicatedGroups(model)) {
      const quorum = quorumOf(group);
      const write = group.replication?.write;
      if (!quorum || !write || 2 * write.value > quorum.copies) continue;
      const { copies } = quorum;
      yield {
        subject: group.name,
        message: `A write to '${group.name}' is confirmed by ${write.value} of ${copies} copies: both sides of a split network can go on writing, and contradict each other. A majority of ${copies} is ${Math.floor(copies / 2) + 1}.`,
        at: write.source.at,
        fixes: setTo('write', write, Math.floor(copies / 2) + 1),
      };
    }
  },
};
