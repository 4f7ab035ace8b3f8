import { formatDuration } from '../../../time/index.ts';
import type { FormatRule } from '../../format.ts';
import { retriesTimeouts } from '../virtual-service.ts';
import type { IstioWhole } from '../whole.ts';

export const istioTimeoutNotRetried: FormatRule<IstioWhole> = {
  id: 'istio-timeout-not-retried',
  title: 'A try that times out is not retried',
  severity: 'warning',
  evidence: 'file',
  since: '0.1.0',
  documentation: `
\`perTryTimeout\` ends a try so that another one can be made. That is done only if \`retryOn\` says so: by
\`5xx\`, \`gateway-error\` or \`reset\`. Istio's default has none of them, so with it the first try that takes too
long ends the request.

**Fires when** a route has \`attempts\` and \`perTryTimeout\`, and \`retryOn\` has none of the three. It is
information where \`retryOn\` is written, for then it may be meant.

**Fix** Add \`reset\` or \`gateway-error\` to \`retryOn\`, if a repetition does no harm.

**Source** Envoy documentation, \`x-envoy-retry-on\`; istio/istio, \`retry.DefaultPolicy\`.
`,
  *check({ virtualServices }) {
    for (const { routes } of virtualServices) {
      for (const { retries, unclear } of routes) {
        if (!retries?.perTryTimeoutMs || unclear || retries.fields.unclear) continue;
        if (retries.attempts.value < 1 || retriesTimeouts(retries)) continue;
        const { perTryTimeoutMs, retryOn } = retries;
        const isDefault = retryOn.source.kind === 'default';
        const what = isDefault ? "Istio's default retryOn has" : 'retryOn has';
        yield {
          subject: `timeout ${perTryTimeoutMs.source.at.file} ${perTryTimeoutMs.source.at.start}`,
          severity: isDefault ? 'warning' : 'info',
          message: `A try that takes longer than ${formatDuration(perTryTimeoutMs.value)} ends the request and is not retried: ${what} neither 5xx nor gateway-error nor reset. Add reset if a repetition does no harm.`,
          at: perTryTimeoutMs.source.at,
          related: isDefault ? [] : [{ message: 'What is retried.', at: retryOn.source.at }],
        };
      }
    }
  },
};
