import { callSites } from '../facts/calls.ts';
import type { Rule } from '../rule.ts';

export const hedgeNonIdempotent: Rule = {
  id: 'hedge-non-idempotent',
  title: 'A call that must not be made twice is hedged',
  severity: 'error',
  evidence: 'file',
  since: '0.1.0',
  documentation: `
A hedge sends a call again while the first one is still under way, so whenever the callee is slow the
call is done twice, on purpose. That is only for calls that may be.

**Fires when** a call with a \`hedge\` is \`idempotent: false\` (error), or is a write that does not say
whether it is idempotent (warning).

**Fix** Remove the hedge, or make the call safe to repeat and say so.

**Source** Dean and Barroso, "The Tail at Scale" (2013).
`,
  *check(model) {
    for (const site of callSites(model)) {
      const { call, text } = site;
      if (!call.hedge) continue;
      const { source, value } = call.idempotent;
      const isUnsaid = source.kind === 'default' && call.operation.value === 'write';
      if (value && !isUnsaid) continue;
      yield {
        subject: `repetition of ${site.subject}`,
        severity: value ? 'warning' : 'error',
        message: value
          ? `The write ${text} is made twice whenever it is slow, because it is hedged, and nobody says that this does no harm. Write 'idempotent: true', or remove the hedge.`
          : `${text} must not be made twice (idempotent: false), but its hedge does so whenever it is slow. Remove the hedge.`,
        at: call.hedge.at,
        fixes: [
          {
            title: 'Remove the hedge',
            safe: false,
            changes: [{ kind: 'remove', at: call.hedge.at }],
          },
        ],
        related: value ? [] : [{ message: 'It must not be made twice.', at: source.at }],
      };
    }
  },
};
