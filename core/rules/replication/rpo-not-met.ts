import { formatDuration } from '../../time/index.ts';
import { replicatedGroups } from '../facts/groups.ts';
import type { Rule } from '../rule.ts';

export const rpoNotMet: Rule = {
  id: 'rpo-not-met',
  title: 'A failover may lose more writes than the recovery point objective allows',
  severity: 'error',
  evidence: 'numbers',
  since: '0.1.0',
  documentation: `
With asynchronous replication a write is confirmed before other copies have it. A failover loses what
the new copy has not received: up to \`lag\` of writes.

**Fires when** \`replication.mode\` is \`async\` and \`lag\` is longer than the objective \`rpo\`.

**Fix** Replicate in sync or by quorum, keep the lag below the objective, or promise less.
`,
  *check(model) {
    const { rpoMs } = model.objectives;
    if (!rpoMs) return;
    for (const { name, replication } of replicatedGroups(model)) {
      if (replication?.mode.value !== 'async' || replication.lagMs.value <= rpoMs.value) continue;
      const { lagMs } = replication;
      yield {
        subject: name,
        message: `A failover of '${name}' may lose the last ${formatDuration(lagMs.value)} of writes (asynchronous copies lag that far behind); the objective rpo is ${formatDuration(rpoMs.value)}. Replicate in sync or by quorum, or keep the lag below the objective.`,
        at: lagMs.source.at,
        related: [{ message: 'The objective.', at: rpoMs.source.at }],
      };
    }
  },
};
