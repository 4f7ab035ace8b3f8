import { attemptsOf, callSites } from '../facts/calls.ts';
import { addKey } from '../facts/setting-fix.ts';
import type { Rule } from '../rule.ts';

export const retryNonIdempotent: Rule = {
  id: 'retry-non-idempotent',
  title: 'A write is retried, and nobody says that it may be made twice',
  severity: 'info',
  evidence: 'file',
  since: '0.1.0',
  documentation: `
A call that timed out may have been done all the same. Trying it again does it twice: two orders, two
charges. Without a word about it, a call counts as one that may be repeated.

**Fires when** a call with \`operation: write\` is tried more than once and does not say whether it is
\`idempotent\`.

**Fix** Write \`idempotent: true\` where a repetition does no harm (or carries a key by which the callee
knows it), else \`idempotent: false\`: then it is retried only when it never reached the callee.

**Source** AWS Builders' Library, "Making retries safe with idempotent APIs".
`,
  *check(model) {
    for (const site of callSites(model)) {
      const { call } = site;
      if (call.operation.value !== 'write' || call.idempotent.source.kind === 'explicit') continue;
      if (!call.retry || attemptsOf(site) < 2) continue;
      yield {
        subject: `repetition of ${site.subject}`,
        message: `The write ${site.text} is retried, and a try that timed out may have been done: does writing twice do harm? 'idempotent' is true (default). Write 'idempotent: true' if it does not, or 'idempotent: false' to retry only what never reached '${call.to.value}'.`,
        at: call.retry.source.at,
        fixes: [
          ...addKey('idempotent', false, call.to.source.at),
          ...addKey('idempotent', true, call.to.source.at),
        ],
      };
    }
  },
};
