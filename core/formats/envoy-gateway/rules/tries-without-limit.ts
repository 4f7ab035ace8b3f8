import { retriesTimeouts } from '../../envoy/conditions.ts';
import type { FormatRule } from '../../format.ts';
import { type EnvoyGatewayWhole, targetedRoutes } from '../whole.ts';

export const envoyGatewayTriesWithoutLimit: FormatRule<EnvoyGatewayWhole> = {
  id: 'envoy-gateway-tries-without-limit',
  title: 'Retries never help against a backend that hangs',
  severity: 'info',
  evidence: 'file',
  since: '0.1.0',
  documentation: `
With \`requestTimeout: 0s\` a request has no limit, as streams need it; Envoy Gateway then switches off the
idle timeout, too, where nobody sets one. If its retries have no \`perRetry.timeout\` either, a try that
hangs is never followed by another one.

**Fires when** a policy has \`requestTimeout: 0s\` and retries on \`5xx\`, \`gateway-error\` or \`reset\` without
\`perRetry.timeout\`, and the routes that it names do not say it themselves.

**Fix** Add \`perRetry.timeout\`, or set \`requestTimeout\` for all but the routes that stream.

**Source** Envoy API v3, \`RetryPolicy.per_try_timeout\`; envoyproxy/gateway, \`idleTimeout\`.
`,
  *check({ policies, routes }) {
    for (const policy of policies) {
      const { isMerged, requestTimeoutMs, retry, unclear } = policy;
      if (!retry || retry.fields.unclear || unclear || isMerged) continue;
      if (requestTimeoutMs?.value !== 0 || retry.perTryTimeoutMs) continue;
      if (retry.numRetries.value < 1 || !retriesTimeouts(retry.triggers.value)) continue;
      const isSaid = targetedRoutes(policy, routes).some(({ rules }) =>
        rules.some(({ timeouts }) => timeouts.exists),
      );
      if (isSaid) continue;
      const { at } = requestTimeoutMs.source;
      yield {
        subject: `timeout ${at.file} ${at.start}`,
        message:
          'Requests have no timeout, and their retries have no perRetry.timeout: a try that hangs is never followed by another one. Add perRetry.timeout.',
        at,
        related: [{ message: 'Their retries.', at: retry.fields.at }],
      };
    }
  },
};
