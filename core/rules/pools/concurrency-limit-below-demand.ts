import { defaultNote } from '../../model/source.ts';
import { demandOf } from '../facts/demand.ts';
import { REJECTED } from '../facts/rejections.ts';
import { setTo } from '../facts/setting-fix.ts';
import type { Rule } from '../rule.ts';
import { judgePool } from './pool-demand.ts';

export const concurrencyLimitBelowDemand: Rule<'rejected'> = {
  id: 'concurrency-limit-below-demand',
  title: 'A concurrency limit can never grow to the usual traffic',
  severity: 'warning',
  evidence: 'numbers',
  since: '0.1.0',
  parameters: { rejected: REJECTED },
  documentation: `
An adaptive limit finds out how many calls at once the callee bears, but never goes beyond \`max\`. Where
the usual traffic needs more than that, calls are rejected however well the callee does.

**Fires when** the rate and the latency of the calls that use the limit are written, and they need more
at once on average than \`max\` (error), or exceed it more than 1 % of the time (warning).

**Fix** Raise \`max\` to what the message names.

**Source** Little (1961); Netflix, "Performance Under Load" (2018).
`,
  *check(model, { rejected }) {
    for (const policy of model.concurrencyLimits.values()) {
      const demand = policy.doubtful ? undefined : demandOf(model, policy);
      const verdict = demand && judgePool(rejected, policy.max.value, 0, demand);
      if (!verdict) continue;
      yield {
        subject: `concurrency limit ${policy.name}`,
        severity: verdict.severity,
        message: `Concurrency limit '${policy.name}' never grows above ${policy.max.value}${defaultNote(policy.max)}, but ${demand.text}: ${verdict.rejected}. ${verdict.advice}`,
        at: policy.max.source.at,
        fixes: verdict.enough ? setTo('max', policy.max, verdict.enough, policy.nameAt) : [],
      };
    }
  },
};
