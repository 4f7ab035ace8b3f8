import type { FormatRule } from '../../format.ts';
import { findingOf } from '../../gateway-api/rules/value-refused.ts';
import type { EnvoyGatewayWhole } from '../whole.ts';

export const envoyGatewayValueRefused: FormatRule<EnvoyGatewayWhole> = {
  id: 'envoy-gateway-value-refused',
  title: 'A policy holds a value that the API server refuses',
  severity: 'error',
  evidence: 'file',
  since: '0.1.0',
  documentation: `
Values of a policy are checked when it is applied; one that does not pass keeps all of the policy from
being changed.

**Fires when** a timeout, an interval or an ejection time is no duration of the Gateway API (\`1.5s\`, \`30\`
and \`1d\` are none), or a trigger for retries is one that Envoy Gateway does not have.

**Fix** Correct the value.

**Source** Envoy Gateway API, \`TriggerEnum\`; Gateway API, GEP-2257 on durations.
`,
  *check({ policies }) {
    for (const { refused, resource } of policies) {
      for (const one of refused) yield findingOf(one, `policy '${resource.name}'`);
    }
  },
};
