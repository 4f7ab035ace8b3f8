import { formatPercent, formatRate } from '../../time/index.ts';
import { limiterDemand } from '../facts/limiter-demand.ts';
import type { Rule } from '../rule.ts';

export const rateLimiterBelowDemand: Rule = {
  id: 'rate-limiter-below-demand',
  title: 'A rate limiter allows less than the usual traffic',
  severity: 'error',
  evidence: 'numbers',
  since: '0.1.0',
  absorbs: ['rate-limiter-burst-too-small'],
  documentation: `
In the long run a token bucket lets through no more than its \`rate\`. What arrives beyond that is
rejected, whatever \`burst\` and \`maxWait\` are.

**Fires when** the traffic of the services that make the calls is written, and more calls than \`rate\`
certainly arrive while nothing fails. Retries and what is not written are not counted.

**Fix** Raise the rate, or make fewer calls: with a cache, for example.
`,
  *check(model) {
    for (const policy of model.rateLimiters.values()) {
      const demand = policy.doubtful ? undefined : limiterDemand(model, policy);
      if (!demand || demand.perSecond <= policy.ratePerSecond.value) continue;
      const rate = policy.ratePerSecond.value;
      yield {
        subject: `rate limiter ${policy.name}`,
        message: `Rate limiter '${policy.name}' lets ${formatRate(rate)} through, but ${demand.users} ${demand.users.includes(' and ') ? 'make' : 'makes'} ${formatRate(demand.perSecond)} while nothing is wrong: ${formatPercent(1 - rate / demand.perSecond)} are rejected, always. Raise the rate, or make fewer calls.`,
        at: policy.ratePerSecond.source.at,
      };
    }
  },
};
