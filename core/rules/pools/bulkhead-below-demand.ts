import { defaultNote } from '../../model/source.ts';
import { plural } from '../../text/words.ts';
import { demandOf } from '../facts/demand.ts';
import { REJECTED } from '../facts/rejections.ts';
import { setTo } from '../facts/setting-fix.ts';
import type { Rule } from '../rule.ts';
import { judgePool } from './pool-demand.ts';

export const bulkheadBelowDemand: Rule<'rejected'> = {
  id: 'bulkhead-below-demand',
  title: 'A bulkhead has too few slots for the usual traffic',
  severity: 'warning',
  evidence: 'numbers',
  since: '0.1.0',
  parameters: { rejected: REJECTED },
  documentation: `
Requests that arrive at λ per second and hold a slot for W seconds need λ · W slots on average (Little's
law), and more because they do not arrive evenly: Erlang's formulas say how often a pool is full.

**Fires when** the rate and the latency of what uses the bulkhead are written, and it needs more slots
on average than there are (error), or requests are rejected more than 1 % of the time although
nothing is wrong (warning). What is not written counts as nothing, so the truth is worse.

**Fix** Use the size that the message names; it rejects one request in a thousand.

**Source** Little (1961), Erlang (1917); Hystrix: rate × latency, and some breathing room.
`,
  *check(model, { rejected }) {
    for (const policy of model.bulkheads.values()) {
      const demand = policy.doubtful ? undefined : demandOf(model, policy);
      const verdict =
        demand && judgePool(rejected, policy.size.value, policy.queueSize.value, demand);
      if (!verdict) continue;
      const queue =
        policy.queueSize.value > 0
          ? ` and a queue of ${policy.queueSize.value}${defaultNote(policy.queueSize)}`
          : '';
      yield {
        subject: `bulkhead ${policy.name}`,
        severity: verdict.severity,
        message: `Bulkhead '${policy.name}' has ${plural(policy.size.value, 'slot')}${queue}, but ${demand.text}: ${verdict.rejected}. ${verdict.advice}`,
        at: policy.size.source.at,
        fixes: verdict.enough ? setTo('size', policy.size, verdict.enough) : [],
      };
    }
  },
};
