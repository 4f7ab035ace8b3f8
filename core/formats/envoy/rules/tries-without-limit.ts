import { addKey } from '../../../rules/facts/setting-fix.ts';
import type { FormatRule } from '../../format.ts';
import { retriesTimeouts } from '../conditions.ts';
import { type EnvoyWhole, routesOf } from '../whole.ts';

export const envoyTriesWithoutLimit: FormatRule<EnvoyWhole> = {
  id: 'envoy-tries-without-limit',
  title: 'Retries never help against a host that hangs',
  severity: 'info',
  evidence: 'file',
  since: '0.1.0',
  documentation: `
With \`timeout: 0s\` a route has no limit, as streams need it. If its retries have no \`per_try_timeout\`
either, a try that hangs is not ended by the router, and so not retried; what ends the request at last is
the idle timeout of the stream (5 minutes where nobody sets it).

**Fires when** a route with \`timeout: 0s\` retries on \`5xx\`, \`gateway-error\` or \`reset\` and has neither
\`per_try_timeout\` nor \`per_try_idle_timeout\`.

**Fix** Add \`per_try_timeout\` where answers are short, \`per_try_idle_timeout\` where they are streams.

**Source** Envoy API v3, \`RetryPolicy.per_try_idle_timeout\` and \`HttpConnectionManager.stream_idle_timeout\`.
`,
  *check(whole) {
    for (const { route } of routesOf(whole)) {
      const { action, retry, timeoutMs, unclear } = route;
      if (!retry || unclear || timeoutMs || !retriesTimeouts(retry.conditions)) continue;
      if (retry.perTryTimeoutMs || retry.hasIdleTimeout || retry.numRetries.value < 1) continue;
      const at = action.valueAt('timeout');
      if (!at) continue;
      yield {
        subject: `timeout ${at.file} ${at.start}`,
        message: `This route has no timeout, and its retries have no per_try_timeout: a try that hangs is never followed by another one. Add a per_try_timeout, or per_try_idle_timeout where answers are streams.`,
        at,
        related: [{ message: 'Its retries.', at: retry.fields.at }],
        fixes: addKey('per_try_idle_timeout', '15s', retry.fields.at),
      };
    }
  },
};
