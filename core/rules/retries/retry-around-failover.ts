import { defaultNote } from '../../model/source.ts';
import { attemptsOf, callSites } from '../facts/calls.ts';
import type { Rule } from '../rule.ts';

export const retryAroundFailover: Rule = {
  id: 'retry-around-failover',
  title: 'A call retries what the failover of its group retries already',
  severity: 'info',
  evidence: 'file',
  since: '0.1.0',
  documentation: `
A group with \`failover\` tries an operation again by itself, at another member and after a wait. A
retry policy around it starts all of that again, each time.

**Fires when** a call with a retry policy of more than one attempt goes to a group whose \`failover\`
makes more than one.

**Fix** Leave the retries to the failover.

**Source** AWS Builders' Library: retry at one layer.
`,
  *check(model) {
    for (const site of callSites(model)) {
      const { call, callee, retry } = site;
      const failover = callee && 'failover' in callee ? callee.failover : undefined;
      if (!failover || !retry || !call.retry || attemptsOf(site) < 2) continue;
      if (failover.attempts.value < 2) continue;
      yield {
        subject: `retry ${retry.name}`,
        message: `${site.text} is tried up to ${retry.attempts.value}${defaultNote(retry.attempts)} × ${failover.attempts.value}${defaultNote(failover.attempts)} = ${retry.attempts.value * failover.attempts.value} times: the failover of '${call.to.value}' retries already. Leave it to the failover.`,
        at: call.retry.source.at,
        related: [{ message: `The failover of '${call.to.value}'.`, at: failover.at }],
      };
    }
  },
};
