import type { FormatRule } from '../../format.ts';
import { type EnvoyWhole, routesOf } from '../whole.ts';

export const envoyRetryWithoutConditions: FormatRule<EnvoyWhole> = {
  id: 'envoy-retry-without-conditions',
  title: 'A retry policy retries nothing',
  severity: 'warning',
  evidence: 'file',
  since: '0.1.0',
  documentation: `
\`retry_on\` says what is retried. There is no default: without it \`num_retries\` and \`per_try_timeout\` are
read, and no retry is made, unless the client itself asks for some with the header
\`x-envoy-retry-on\`.

**Fires when** a \`retry_policy\` has no \`retry_on\`, or an empty one.

**Fix** Add \`retry_on\`, such as \`5xx\` or \`gateway-error,connect-failure,reset\`, if a repetition does no
harm.

**Source** envoyproxy/envoy, \`RetryStateImpl::create\`; Envoy documentation, \`x-envoy-retry-on\`.
`,
  *check(whole) {
    for (const { route } of routesOf(whole)) {
      const { retry } = route;
      if (!retry || retry.conditions.length > 0 || retry.numRetries.value === 0) continue;
      const { fields } = retry;
      // Policies may also be an extension, which decides by itself.
      if (fields.unclear || route.action.has('retry_policy_typed_config')) continue;
      yield {
        subject: `conditions ${fields.at.file} ${fields.at.start}`,
        message: `This retry_policy has no retry_on, so it retries nothing, whatever num_retries is. Add retry_on, such as 'gateway-error,connect-failure,reset', if a repetition does no harm.`,
        at: fields.at,
        fixes: [
          {
            title: 'Add retry_on: gateway-error,connect-failure,reset',
            safe: false,
            changes: [
              {
                kind: 'put',
                owner: fields.at,
                key: 'retry_on',
                value: 'gateway-error,connect-failure,reset',
              },
            ],
          },
        ],
      };
    }
  },
};
