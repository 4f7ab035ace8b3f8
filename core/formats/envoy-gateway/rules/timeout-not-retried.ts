import { formatDuration } from '../../../time/index.ts';
import { retriesTimeouts } from '../../envoy/conditions.ts';
import type { FormatRule } from '../../format.ts';
import { triggersText } from '../policy.ts';
import type { EnvoyGatewayWhole } from '../whole.ts';

export const envoyGatewayTimeoutNotRetried: FormatRule<EnvoyGatewayWhole> = {
  id: 'envoy-gateway-timeout-not-retried',
  title: 'A try that times out is not retried',
  severity: 'warning',
  evidence: 'file',
  since: '0.1.0',
  documentation: `
\`perRetry.timeout\` ends a try so that another one can be made. That is done only if \`triggers\` say so: by
\`5xx\`, \`gateway-error\` or \`reset\`. The default has none of them, so with it the first try that takes too
long ends the request. \`httpStatusCodes\` do not help: a try that timed out has no status.

**Fires when** a policy has \`perRetry.timeout\`, and its triggers have none of the three. It is information
where \`triggers\` are written, for then it may be meant.

**Fix** Write \`triggers\` with \`reset\` or \`gateway-error\`, if a repetition does no harm.

**Source** Envoy documentation, \`x-envoy-retry-on\`; envoyproxy/gateway, \`retryDefaultRetryOn\`.
`,
  *check({ policies }) {
    for (const { retry } of policies) {
      if (!retry?.perTryTimeoutMs || retry.fields.unclear || retry.numRetries.value < 1) continue;
      if (retriesTimeouts(retry.triggers.value)) continue;
      const { at } = retry.perTryTimeoutMs.source;
      yield {
        subject: `timeout ${at.file} ${at.start}`,
        severity: retry.triggers.source.kind === 'default' ? 'warning' : 'info',
        message: `A try that takes longer than ${formatDuration(retry.perTryTimeoutMs.value)} ends the request and is not retried: triggers are ${triggersText(retry)}, with neither 5xx nor gateway-error nor reset. Add reset if a repetition does no harm.`,
        at,
      };
    }
  },
};
