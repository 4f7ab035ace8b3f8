import { placeId } from '../../model/place-id.ts';
import { formatDuration } from '../../time/index.ts';
import { callSites } from '../facts/calls.ts';
import { limitOf } from '../facts/patience.ts';
import type { Rule } from '../rule.ts';

export const hedgeAfterTimeout: Rule = {
  id: 'hedge-after-timeout',
  title: 'A hedge is due only when the call is over',
  severity: 'warning',
  evidence: 'file',
  since: '0.1.0',
  documentation: `
A hedge answers for a call that is late. When the call ends before the hedge is due, no late answer is
ever helped: at most the hedge repeats a call that failed, like a retry without a pause.

**Fires when** \`hedge.after\` is at least as long as the timeout or the deadline of the call.

**Fix** Hedge earlier, at the 95th percentile of the latency, or remove the hedge.

**Source** Microsoft.Extensions.Http.Resilience checks the same at start.
`,
  *check(model) {
    for (const site of callSites(model)) {
      const { hedge } = site.call;
      const limit = limitOf(site.call);
      if (!hedge || !limit || hedge.afterMs.value < limit.ms.value) continue;
      yield {
        subject: `duration at ${placeId(hedge.afterMs.source.at)}`,
        message: `The hedge of ${site.text} is due after ${formatDuration(hedge.afterMs.value)}, when its ${limit.key} of ${formatDuration(limit.ms.value)} has already passed: it helps no late answer. Hedge earlier, or remove it.`,
        at: hedge.afterMs.source.at,
        fixes: [
          { title: 'Remove the hedge', safe: false, changes: [{ kind: 'remove', at: hedge.at }] },
        ],
        related: [{ message: `The ${limit.key}.`, at: limit.ms.source.at }],
      };
    }
  },
};
