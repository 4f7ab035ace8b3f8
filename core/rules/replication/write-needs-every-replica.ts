import { kOutOfN } from '../../analysis/index.ts';
import { formatPercent } from '../../time/index.ts';
import { replicatedGroups } from '../facts/groups.ts';
import { quorumOf } from '../facts/quorum.ts';
import { setTo } from '../facts/setting-fix.ts';
import type { Rule } from '../rule.ts';

/** An ordinary availability of one copy, to show the arithmetic with. */
const EXAMPLE = 0.99;

export const writeNeedsEveryReplica: Rule = {
  id: 'write-needs-every-replica',
  title: 'Any copy that is down stops writes or reads',
  severity: 'warning',
  evidence: 'file',
  since: '0.1.0',
  absorbs: ['minimum-below-quorum'],
  documentation: `
When every copy must confirm, the copies are in series: each one more makes an outage more likely. At
99 % per copy, all three of three are up 97.02 % of the time, two of three 99.97 %.

**Fires when** \`replication.write\` or \`replication.read\` is the number of copies, and that is more
than one.

**Fix** Ask for a majority.

**Source** A k-out-of-n system with k = n is a series system.
`,
  *check(model) {
    for (const group of replicatedGroups(model)) {
      const quorum = quorumOf(group);
      if (!quorum || quorum.copies < 2) continue;
      const { copies } = quorum;
      const majority = Math.floor(copies / 2) + 1;
      for (const kind of ['write', 'read'] as const) {
        const written = group.replication?.[kind];
        if (!written || written.value !== copies) continue;
        const all = formatPercent(kOutOfN(copies, copies, EXAMPLE)?.up ?? 0);
        const most = formatPercent(kOutOfN(majority, copies, EXAMPLE)?.up ?? 0);
        const instead =
          majority < copies
            ? `; ${majority} of ${copies}, ${most}. Ask for ${majority}.`
            : '. With a third copy, 2 of 3 are enough.';
        yield {
          subject: group.name,
          message: `A ${kind} at '${group.name}' needs ${copies === 2 ? 'both' : `all ${copies}`} copies, so any copy that is down stops ${kind}s. Copies that are each up 99% of the time give ${all}${instead}`,
          at: written.source.at,
          fixes: majority < copies ? setTo(kind, written, majority) : [],
        };
      }
    }
  },
};
