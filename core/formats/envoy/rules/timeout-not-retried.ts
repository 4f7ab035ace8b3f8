import { formatDuration } from '../../../time/index.ts';
import type { FormatRule } from '../../format.ts';
import { retriesTimeouts } from '../conditions.ts';
import { type EnvoyWhole, routesOf } from '../whole.ts';

export const envoyTimeoutNotRetried: FormatRule<EnvoyWhole> = {
  id: 'envoy-timeout-not-retried',
  title: 'A try that times out is not retried',
  severity: 'info',
  evidence: 'file',
  since: '0.1.0',
  documentation: `
\`per_try_timeout\` ends a try so that another one can be made. That is done only if \`retry_on\` says so: by
\`5xx\`, \`gateway-error\` or \`reset\`. With others, the first try that takes too long ends the request. Status
codes do not help, neither those of \`retriable_status_codes\` nor those of gRPC: a try that timed out has
none.

**Fires when** a route has \`per_try_timeout\` and \`retry_on\` has none of the three.

**Fix** Add \`reset\` or \`gateway-error\` to \`retry_on\`, if a repetition does no harm.

**Source** Envoy documentation, \`x-envoy-retry-on\`; envoyproxy/envoy, \`RetryStateImpl\`.
`,
  *check(whole) {
    for (const { route } of routesOf(whole)) {
      const { hedges, retry, unclear } = route;
      // A hedge is made whatever the conditions are.
      if (!retry?.perTryTimeoutMs || !retry.retryOn || unclear || hedges) continue;
      if (retry.numRetries.value < 1 || retriesTimeouts(retry.conditions)) continue;
      const { at } = retry.perTryTimeoutMs.source;
      yield {
        subject: `per_try_timeout ${at.file} ${at.start}`,
        message: `A try that takes longer than ${formatDuration(retry.perTryTimeoutMs.value)} ends the request and is not retried: retry_on has neither 5xx nor gateway-error nor reset. Add reset if a repetition does no harm.`,
        at,
        related: [{ message: 'What is retried.', at: retry.retryOn.source.at }],
      };
    }
  },
};
