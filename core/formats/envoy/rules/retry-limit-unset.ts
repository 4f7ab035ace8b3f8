import { defaultNote } from '../../../model/source.ts';
import { setTo } from '../../../rules/facts/setting-fix.ts';
import { countText } from '../../../text/words.ts';
import type { FormatRule } from '../../format.ts';
import { type EnvoyWhole, routesOf } from '../whole.ts';

export const envoyRetryLimitUnset: FormatRule<EnvoyWhole> = {
  id: 'envoy-retry-limit-unset',
  title: 'Few retries can be made at once',
  severity: 'info',
  evidence: 'graph',
  since: '0.1.0',
  documentation: `
A cluster allows three retries at once, for all routes together, where nobody says more. When a host
fails under load, all retries above that are not made, and the requests fail.

**Fires when** a route retries, the \`thresholds\` of its cluster set \`max_requests\`, and neither
\`max_retries\` nor \`retry_budget\` is there.

**Fix** Add a \`retry_budget\`, which grows with the traffic, or set \`max_retries\`.

**Source** Envoy API v3, \`CircuitBreakers.Thresholds.max_retries\`.
`,
  *check(whole) {
    for (const { bootstrap, route } of routesOf(whole)) {
      const { priority, retry } = route;
      if (!retry || route.unclear || retry.conditions.length === 0) continue;
      const names = new Set(route.clusters.map(({ value }) => value));
      for (const { name, thresholds, unclear } of bootstrap.clusters) {
        const own = thresholds.find((one) => one.priority === priority);
        if (!names.has(name) || unclear || !own || own.fields.unclear) continue;
        const { fields, maxRequests, maxRetries, retryBudgetPercent } = own;
        if (retryBudgetPercent || maxRetries.source.kind === 'explicit') continue;
        if (maxRequests.source.kind === 'default' || maxRequests.value <= 10) continue;
        yield {
          subject: `retries at once ${fields.at.file} ${fields.at.start}`,
          message: `Of up to ${countText(maxRequests.value)} requests at once to '${name}', ${maxRetries.value} may be retries: max_retries is ${maxRetries.value}${defaultNote(maxRetries)}. Add a retry_budget, or set max_retries.`,
          at: maxRequests.source.at,
          related: [{ message: 'Requests that are retried.', at: retry.fields.at }],
          fixes: setTo(
            'max_retries',
            maxRetries,
            Math.max(4, Math.ceil(maxRequests.value / 5)),
            maxRequests.source.at,
          ),
        };
      }
    }
  },
};
