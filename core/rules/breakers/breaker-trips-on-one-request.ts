import type { BreakerPolicy } from '../../model/model.ts';
import { defaultNote } from '../../model/source.ts';
import { attemptsOf, type CallSite, isOutside, usesOf } from '../facts/calls.ts';
import { sum, waitsMs } from '../facts/schedule.ts';
import { setTo } from '../facts/setting-fix.ts';
import type { Rule } from '../rule.ts';

export const breakerTripsOnOneRequest: Rule = {
  id: 'breaker-trips-on-one-request',
  title: 'A single failing request opens a breaker for all',
  severity: 'warning',
  evidence: 'file',
  since: '0.1.0',
  proof: 'one-request-opens-breaker',
  documentation: `
With the retries around the breaker, as is usual, each try counts. A request that fails for a reason of
its own, tried often enough, opens the breaker for everybody else.

**Fires when** one call makes as many tries as open the breaker: its \`failureThreshold\`, or the
\`minimumCalls\` of its window. With a \`resetInterval\`, so many must be possible within one.

**Fix** Raise the threshold above the tries of one request, or try less often.

**Source** Resilience4j, order of aspects: one logical call is counted as several failures.
`,
  *check(model) {
    for (const policy of model.breakers.values()) {
      if (policy.doubtful) continue;
      const enough = enoughFailures(policy);
      const site = usesOf(model)
        .get(policy)
        ?.find(
          (one) =>
            attemptsOf(one) >= Math.max(2, enough.limit.value) &&
            fitsInterval(policy, one, enough.limit.value) &&
            !isOutside(one.call, 'circuitBreaker', 'retry'),
        );
      if (!site?.retry) continue;
      const { attempts } = site.retry;
      yield {
        subject: `breaker ${policy.name}`,
        message: `One request ${site.text} that keeps failing makes ${attempts.value}${defaultNote(attempts)} tries and opens breaker '${policy.name}' for all: ${enough.text}. Set ${enough.key} above ${attempts.value}.`,
        at: enough.limit.source.at,
        fixes: setTo(enough.key, enough.limit, attempts.value + 1, policy.nameAt),
        related: [{ message: `${attempts.value} attempts.`, at: attempts.source.at }],
      };
    }
  },
};

/** Whether so many tries can be made before the breaker begins to count anew. */
function fitsInterval(
  { resetIntervalMs }: BreakerPolicy,
  { retry }: CallSite,
  tries: number,
): boolean {
  if (!resetIntervalMs || !retry) return true;
  return sum(waitsMs(retry, 'shortest').slice(0, tries - 1)) < resetIntervalMs.value;
}

/** The fewest failures in a row that open a breaker. */
function enoughFailures({ trip }: BreakerPolicy) {
  if ('failureThreshold' in trip) {
    const limit = trip.failureThreshold;
    return {
      limit,
      key: 'failureThreshold',
      text: `its failureThreshold is ${limit.value}${defaultNote(limit)}`,
    };
  }
  const limit = trip.minimumCalls;
  return {
    limit,
    key: 'minimumCalls',
    text: `after a quiet time ${limit.value}${defaultNote(limit)} calls are enough to judge`,
  };
}
