import type { FormatRule } from '../../format.ts';
import { levelOf } from '../settings.ts';
import type { SpringWhole } from '../whole.ts';
import { chainsOf, everywhere, placeOf } from './everywhere.ts';

export const resilience4jRateLimitWithoutPeriod: FormatRule<SpringWhole> = {
  id: 'resilience4j-rate-limit-without-period',
  title: 'A rate limit has no period, so it limits nothing',
  severity: 'warning',
  evidence: 'file',
  since: '0.1.0',
  documentation: `
\`limitForPeriod\` calls are let through in each \`limitRefreshPeriod\`, and the default of that is 500
nanoseconds: two million times a second the limit begins anew.

**Fires when** a rate limiter has a \`limitForPeriod\` and nowhere a \`limitRefreshPeriod\`.

**Fix** Write \`limitRefreshPeriod\`, often 1s.

**Source** resilience4j/resilience4j, \`RateLimiterConfig\`.
`,
  check: (whole) =>
    everywhere(whole, function* (policies) {
      for (const chain of chainsOf(policies, 'ratelimiter')) {
        const level = levelOf(chain, 'limitForPeriod');
        const limit = level?.number('limitForPeriod');
        if (!limit || chain.isOpen || levelOf(chain, 'limitRefreshPeriod')) continue;
        const { own } = chain;
        const key = own.spell('limitRefreshPeriod');
        yield {
          subject: `limit ${placeOf(limit.source.at)}`,
          message: `'${own.name}' lets ${limit.value} calls through every 500 ns (default of ${key}), which is no limit. Write ${key}: 1s, or what you mean.`,
          at: limit.source.at,
          fixes: own.fixWith('limitRefreshPeriod', '1s'),
        };
      }
    }),
};
