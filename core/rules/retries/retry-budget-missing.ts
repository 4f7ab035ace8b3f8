import { plural } from '../../text/words.ts';
import { usesOf } from '../facts/calls.ts';
import { addKey } from '../facts/setting-fix.ts';
import type { Rule } from '../rule.ts';

export const retryBudgetMissing: Rule = {
  id: 'retry-budget-missing',
  title: 'Nothing limits how much load retries add',
  severity: 'hint',
  evidence: 'file',
  since: '0.1.0',
  documentation: `
A limit on the tries of each call does not limit the retries of all of them: when every call fails,
every call is retried, and the load on what fails doubles or triples. A budget allows retries as a
share of the calls, so a few failures are retried and an outage is not made worse.

**Fires when** a policy with more than one attempt has no \`budget\`, and one of the calls that use it
has no circuit breaker, which would cut the load off.

**Fix** Add \`budget: 10%\`, or 20 %.

**Source** Finagle, Linkerd and Envoy: budgets of 20 %; gRPC: retry throttling.
`,
  *check(model) {
    const uses = usesOf(model);
    for (const policy of model.retries.values()) {
      const attempts = policy.attempts.value;
      if (policy.doubtful || policy.budget || attempts < 2) continue;
      const bare = uses.get(policy)?.find(({ breaker }) => !breaker);
      if (!bare) continue;
      yield {
        subject: `retry ${policy.name}`,
        message: `Retry policy '${policy.name}' has no budget: when '${bare.call.to.value}' fails, up to ${plural(attempts - 1, 'retry', 'retries')} of each call add ${100 * (attempts - 1)}% to its load. Add a budget, such as 10%.`,
        at: policy.nameAt,
        fixes: addKey('budget', '10%', policy.nameAt),
      };
    }
  },
};
