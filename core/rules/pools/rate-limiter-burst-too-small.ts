import { tokenBucketRejected } from '../../analysis/index.ts';
import type { RateLimiterPolicy } from '../../model/model.ts';
import { defaultNote } from '../../model/source.ts';
import { formatDuration, formatPercent, formatRate } from '../../time/index.ts';
import { comesAtRandom } from '../facts/arrivals.ts';
import { limiterDemand } from '../facts/limiter-demand.ts';
import { setTo } from '../facts/setting-fix.ts';
import type { Rule } from '../rule.ts';

export const rateLimiterBurstTooSmall: Rule<'rejected'> = {
  id: 'rate-limiter-burst-too-small',
  title: 'A rate limiter rejects calls although their rate is allowed',
  severity: 'warning',
  evidence: 'numbers',
  since: '0.1.0',
  parameters: {
    rejected: {
      title: 'share of calls that may be rejected while nothing is wrong',
      default: 0.01,
      minimum: 0,
      maximum: 1,
    },
  },
  documentation: `
Calls do not come evenly. A bucket that holds one token turns away every call that comes sooner after
another than 1/rate: with 40 calls a second and 100 allowed, more than a quarter of them.

**Fires when** the traffic is written and below \`rate\`, and more than 1 % of the calls would be
rejected, as they arrive independently of one another: silent where some traffic is evenly spaced or
recorded.

**Fix** Raise \`burst\` to what the message names, or let calls wait a little with \`maxWait\`.

**Source** The bucket as a queue with constant service times (M/D/1), Erlang (1909).
`,
  *check(model, { rejected }) {
    if (!comesAtRandom(model)) return;
    for (const policy of model.rateLimiters.values()) {
      const demand = policy.doubtful ? undefined : limiterDemand(model, policy);
      if (!demand || demand.perSecond > policy.ratePerSecond.value) continue;
      const share = rejectedBy(policy, demand.perSecond, policy.burst.value);
      if (share <= rejected) continue;
      const burst = enough(policy, demand.perSecond);
      yield {
        subject: `rate limiter ${policy.name}`,
        message: `Rate limiter '${policy.name}' allows ${formatRate(policy.ratePerSecond.value)} and rejects ${formatPercent(share)} of the ${formatRate(demand.perSecond)} of ${demand.users}, because they do not come evenly: burst is ${policy.burst.value}${defaultNote(policy.burst)}, maxWait ${formatDuration(policy.maxWaitMs.value)}${defaultNote(policy.maxWaitMs)}. A burst of ${burst} rejects fewer than 0.1%.`,
        at: policy.burst.source.at,
        fixes: setTo('burst', policy.burst, burst, policy.nameAt),
      };
    }
  },
};

function rejectedBy(
  { maxWaitMs, ratePerSecond }: RateLimiterPolicy,
  perSecond: number,
  burst: number,
): number {
  return tokenBucketRejected(perSecond, ratePerSecond.value, burst, maxWaitMs.value) ?? 0;
}

function enough(policy: RateLimiterPolicy, perSecond: number): number {
  let burst = policy.burst.value;
  while (rejectedBy(policy, perSecond, burst) > 0.001) burst += 1;
  return burst;
}
