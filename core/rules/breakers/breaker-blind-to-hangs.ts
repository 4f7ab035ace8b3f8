import { formatDuration } from '../../time/index.ts';
import { isOutside, usesOf } from '../facts/calls.ts';
import { setTo, writtenDuration } from '../facts/setting-fix.ts';
import type { Rule } from '../rule.ts';

/** What lets a few failures be counted before they are forgotten. */
const TIMES = 4;

export const breakerBlindToHangs: Rule = {
  id: 'breaker-blind-to-hangs',
  title: 'A breaker forgets a call before it has timed out',
  severity: 'warning',
  evidence: 'file',
  since: '0.1.0',
  proof: 'breaker-blind-to-hangs',
  documentation: `
Every \`resetInterval\` a closed breaker begins to count anew, and passes over the results of calls that
began before. A call that hangs ends when it times out. If that takes as long as the interval, its
failure is never counted: while everything hangs, the breaker sees no failure at all and never opens.

**Fires when** the \`timeout\` of each attempt, inside the breaker, is as long as the \`resetInterval\` of
the breaker, or longer.

**Fix** Make the interval several times as long as the timeout, shorten the timeout, or remove the
interval: counting \`consecutive\` failures needs none.

**Source** sony/gobreaker, \`afterRequest\`: a result of another generation is not counted.
`,
  *check(model) {
    for (const policy of model.breakers.values()) {
      const { doubtful, name, resetIntervalMs } = policy;
      if (doubtful || !resetIntervalMs || 'windowMs' in policy.trip) continue;
      const [slowest] = (usesOf(model).get(policy) ?? [])
        .flatMap((site) => {
          const { timeoutMs } = site.call;
          const isInside = !isOutside(site.call, 'timeout', 'circuitBreaker');
          return timeoutMs && isInside && timeoutMs.value >= resetIntervalMs.value
            ? [{ site, timeoutMs }]
            : [];
        })
        .sort((a, b) => b.timeoutMs.value - a.timeoutMs.value);
      if (!slowest) continue;
      const { site, timeoutMs } = slowest;
      const longEnough = writtenDuration(TIMES * timeoutMs.value);
      yield {
        subject: `breaker ${name}`,
        message: `Breaker '${name}' never sees calls ${site.text} hang: they end after ${formatDuration(timeoutMs.value)}, and every ${formatDuration(resetIntervalMs.value)} it passes over what began before. Set resetInterval to ${longEnough} or more, or shorten the timeout.`,
        at: resetIntervalMs.source.at,
        fixes: setTo('resetInterval', resetIntervalMs, longEnough),
        related: [{ message: 'The timeout.', at: timeoutMs.source.at }],
      };
    }
  },
};
