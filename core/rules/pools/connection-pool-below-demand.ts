import { defaultNote } from '../../model/source.ts';
import { plural } from '../../text/words.ts';
import { demandOf } from '../facts/demand.ts';
import { REJECTED } from '../facts/rejections.ts';
import { setTo } from '../facts/setting-fix.ts';
import type { Rule } from '../rule.ts';
import { judgePool } from './pool-demand.ts';

export const connectionPoolBelowDemand: Rule<'rejected'> = {
  id: 'connection-pool-below-demand',
  title: 'A connection pool is too small for the usual traffic',
  severity: 'warning',
  evidence: 'numbers',
  since: '0.1.0',
  parameters: { rejected: REJECTED },
  documentation: `
A call holds its connection for as long as it runs, so λ calls a second of W seconds each need λ · W
connections on average. With fewer, the queue for a connection is always full.

**Fires when** the rate and the latency of the calls that use the pool are written, and they need more
connections on average than \`max\` (error), or find both the pool and its queue full more than 1 % of
the time although nothing is wrong (warning).

**Fix** Use the size that the message names, or make the calls shorter.

**Source** Little (1961); HikariCP, "About Pool Sizing".
`,
  *check(model, { rejected }) {
    for (const policy of model.connectionPools.values()) {
      const demand = policy.doubtful ? undefined : demandOf(model, policy);
      const verdict =
        demand && judgePool(rejected, policy.max.value, policy.queueSize.value, demand);
      if (!verdict) continue;
      yield {
        subject: `connection pool ${policy.name}`,
        severity: verdict.severity,
        message: `Connection pool '${policy.name}' has ${plural(policy.max.value, 'connection')}${defaultNote(policy.max)} and a queue of ${policy.queueSize.value}${defaultNote(policy.queueSize)}, but ${demand.text}: ${verdict.rejected}. ${verdict.advice}`,
        at: policy.max.source.at,
        fixes: verdict.enough ? setTo('max', policy.max, verdict.enough, policy.nameAt) : [],
      };
    }
  },
};
