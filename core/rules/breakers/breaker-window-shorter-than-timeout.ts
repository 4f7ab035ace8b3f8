import { plural } from '../../text/words.ts';
import { formatDuration } from '../../time/index.ts';
import { usesOf } from '../facts/calls.ts';
import { limitOf } from '../facts/patience.ts';
import { setTo, writtenDuration } from '../facts/setting-fix.ts';
import type { Rule } from '../rule.ts';

export const breakerWindowShorterThanTimeout: Rule = {
  id: 'breaker-window-shorter-than-timeout',
  title: 'A breaker forgets faster than calls time out',
  severity: 'warning',
  evidence: 'file',
  since: '0.1.0',
  proof: 'breaker-blind-to-hangs',
  documentation: `
A call that times out counts when it ends. When the window is hardly longer than the timeout, each
caller that waits for a hanging callee adds one result to it, before the previous one is forgotten: too
few to judge by.

**Fires when** the \`window\` of a breaker is shorter than twice the timeout (or the deadline) of a call
that it guards.

**Fix** Make the window at least twice as long as the timeout.

**Source** Microsoft.Extensions.Http.Resilience refuses to start with a sampling duration below twice
the attempt timeout.
`,
  *check(model) {
    for (const policy of model.breakers.values()) {
      const { doubtful, name, trip } = policy;
      if (doubtful || trip.kind !== 'time-window') continue;
      const windowMs = trip.windowMs.value;
      const slow = (usesOf(model).get(policy) ?? [])
        .flatMap((site) => {
          const limit = limitOf(site.call);
          return limit && windowMs < 2 * limit.ms.value ? [{ site, limit }] : [];
        })
        .sort((a, b) => b.limit.ms.value - a.limit.ms.value)[0];
      if (!slow) continue;
      const { limit, site } = slow;
      const results = Math.max(1, Math.floor(windowMs / limit.ms.value));
      yield {
        subject: `breaker ${name}`,
        message: `While calls ${site.text} take their whole ${limit.key} of ${formatDuration(limit.ms.value)}, the window of ${formatDuration(windowMs)} of breaker '${name}' holds ${plural(results, 'result')} of each caller, too few to judge by. Set window to ${formatDuration(2 * limit.ms.value)} or more.`,
        at: trip.windowMs.source.at,
        fixes: setTo('window', trip.windowMs, writtenDuration(2 * limit.ms.value)),
        related: [{ message: `The ${limit.key}.`, at: limit.ms.source.at }],
      };
    }
  },
};
