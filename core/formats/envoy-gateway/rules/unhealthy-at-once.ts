import type { FormatRule } from '../../format.ts';
import type { EnvoyGatewayWhole } from '../whole.ts';

export const envoyGatewayUnhealthyAtOnce: FormatRule<EnvoyGatewayWhole> = {
  id: 'envoy-gateway-unhealthy-at-once',
  title: 'One wrong answer makes an endpoint unhealthy',
  severity: 'info',
  evidence: 'file',
  since: '0.1.0',
  documentation: `
\`unhealthyThreshold\` counts health checks that time out or cannot connect. An answer with a status that
is not expected makes an endpoint unhealthy at once, whatever the threshold is, unless the status is one
of \`retriableStatuses\`. A single 503 while a pod is busy is enough.

**Fires when** an active HTTP check has an \`unhealthyThreshold\` above 1 and no \`retriableStatuses\`.

**Fix** List in \`retriableStatuses\` what may happen once, such as 503.

**Source** Envoy Gateway API, \`ActiveHealthCheck.unhealthyThreshold\`; Envoy API v3,
\`HealthCheck.unhealthy_threshold\`.
`,
  *check({ policies }) {
    for (const { active } of policies) {
      if (active?.text('type')?.value !== 'HTTP') continue;
      const threshold = active.number('unhealthyThreshold');
      const http = active.part('http');
      if (!threshold || threshold.value < 2 || !http.exists || http.has('retriableStatuses'))
        continue;
      const { at } = threshold.source;
      yield {
        subject: `threshold ${at.file} ${at.start}`,
        message: `unhealthyThreshold ${threshold.value} counts only checks that get no answer: one answer with a status that is not expected makes an endpoint unhealthy at once. List such as may happen once in http.retriableStatuses.`,
        at,
      };
    }
  },
};
