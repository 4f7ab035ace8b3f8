import type { FormatRule } from '../../format.ts';
import type { GatewayWhole } from '../whole.ts';

export const gatewayRetryExperimental: FormatRule<GatewayWhole> = {
  id: 'gateway-retry-experimental',
  title: 'Retries of a route need the experimental channel',
  severity: 'info',
  evidence: 'file',
  since: '0.1.0',
  documentation: `
\`retry\` is a part of the experimental channel of the Gateway API. A cluster with the definitions of the
standard channel does not know it: depending on how the route is applied, it is refused or dropped, and
no retry is made.

**Fires when** a rule of an \`HTTPRoute\` has \`retry\`, once for each route.

**Fix** Install the experimental channel, or configure retries in the gateway's own way.

**Source** Gateway API, \`HTTPRouteRule.retry\` (\`gateway:experimental\`) and GEP-1731.
`,
  *check({ routes }) {
    for (const { resource, rules } of routes) {
      const retry = rules.find((one) => one.retry)?.retry;
      if (!retry) continue;
      yield {
        subject: `channel of ${resource.nameAt.file} ${resource.nameAt.start}`,
        message: `retry belongs to the experimental channel of the Gateway API: with the standard channel, '${resource.name}' makes no retry. Check which one is installed.`,
        at: retry.keyAt,
      };
    }
  },
};
