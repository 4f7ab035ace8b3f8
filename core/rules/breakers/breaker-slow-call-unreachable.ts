import { formatDuration } from '../../time/index.ts';
import { type CallSite, isOutside, usesOf } from '../facts/calls.ts';
import { limitOf } from '../facts/patience.ts';
import { roundedDown } from '../facts/round.ts';
import { setTo, writtenDuration } from '../facts/setting-fix.ts';
import type { Rule } from '../rule.ts';

export const breakerSlowCallUnreachable: Rule = {
  id: 'breaker-slow-call-unreachable',
  title: 'No call can be slow enough to count as slow',
  severity: 'warning',
  evidence: 'file',
  since: '0.1.0',
  documentation: `
A call that reaches its timeout has failed; it never gets as far as being slow. A breaker whose
\`slowCall\` is not below the timeout does not react to slowness.

**Fires when** \`slowCall\` is at least as long as the timeout (or the deadline) of every call that the
breaker guards, and nothing inside the breaker makes calls wait in addition.

**Fix** Set \`slowCall\` to about 80 % of the timeout.

**Source** Resilience4j's defaults: slow from 60 s on, beside a time limit of 1 s.
`,
  *check(model) {
    for (const policy of model.breakers.values()) {
      const { doubtful, name, trip } = policy;
      if (doubtful || !('slowCallMs' in trip) || !trip.slowCallMs) continue;
      const slowMs = trip.slowCallMs.value;
      const longest = (usesOf(model).get(policy) ?? []).map(longestSeenMs);
      if (longest.length === 0 || longest.some((ms) => ms > slowMs)) continue;
      const limitMs = Math.max(...longest);
      yield {
        subject: `slow calls of ${name}`,
        message: `Breaker '${name}' counts calls from ${formatDuration(slowMs)} on as slow, but every call ends after ${formatDuration(limitMs)} at the latest: none is ever slow. Set slowCall below that, such as ${formatDuration(roundedDown(0.8 * limitMs))}.`,
        at: trip.slowCallMs.source.at,
        fixes: setTo('slowCall', trip.slowCallMs, writtenDuration(roundedDown(0.8 * limitMs))),
      };
    }
  },
};

/** The longest that one result can have taken when the breaker sees it. */
function longestSeenMs({ bulkhead, call, connectionPool, retry }: CallSite): number {
  const limit = limitOf(call);
  const waitsInside =
    (bulkhead && isOutside(call, 'circuitBreaker', 'bulkhead') && bulkhead.queueSize.value > 0) ||
    (connectionPool && isOutside(call, 'circuitBreaker', 'connectionPool')) ||
    (call.rateLimiter && isOutside(call, 'circuitBreaker', 'rateLimiter')) ||
    (retry && isOutside(call, 'circuitBreaker', 'retry'));
  if (!limit || (waitsInside && limit.key === 'timeout')) return Number.POSITIVE_INFINITY;
  return limit.ms.value;
}
