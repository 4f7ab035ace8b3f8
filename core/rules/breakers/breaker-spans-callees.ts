import { listed } from '../../text/words.ts';
import { usesOf } from '../facts/calls.ts';
import type { Rule } from '../rule.ts';

export const breakerSpansCallees: Rule = {
  id: 'breaker-spans-callees',
  title: 'One breaker guards calls to different callees',
  severity: 'warning',
  evidence: 'file',
  since: '0.1.0',
  documentation: `
Calls that name the same breaker share its state. When they go to different callees, one that fails
cuts off the others as well, and the successes of those that work hide that it fails.

**Fires when** calls to different services or groups name the same breaker.

**Fix** Give each callee a breaker of its own.

**Source** Brooker, "Will circuit breakers solve my problems?" (2022): a breaker for what fails
together, not for more.
`,
  *check(model) {
    for (const policy of model.breakers.values()) {
      const sites = usesOf(model).get(policy) ?? [];
      const callees = [...new Set(sites.flatMap(({ callee }) => callee ?? []))];
      const [first, ...others] = callees;
      if (policy.doubtful || !first || others.length === 0) continue;
      const names = listed(
        callees.map(({ name }) => `'${name}'`),
        'and',
        4,
      );
      yield {
        subject: `callees of ${policy.name}`,
        message: `Breaker '${policy.name}' is shared by the calls to ${names}: when one fails, calls to the ${others.length === 1 ? 'other' : 'others'} are rejected too. Give each a breaker of its own.`,
        at: policy.nameAt,
        related: sites
          .slice(0, 6)
          .flatMap(({ call, text }) =>
            call.breaker ? [{ message: `${text}.`, at: call.breaker.source.at }] : [],
          ),
      };
    }
  },
};
