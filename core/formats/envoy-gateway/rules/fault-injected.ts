import { listed } from '../../../text/words.ts';
import type { FormatRule } from '../../format.ts';
import type { EnvoyGatewayWhole } from '../whole.ts';

export const envoyGatewayFaultInjected: FormatRule<EnvoyGatewayWhole> = {
  id: 'envoy-gateway-fault-injected',
  title: 'Faults are injected on purpose',
  severity: 'warning',
  evidence: 'file',
  since: '0.1.0',
  documentation: `
\`faultInjection\` delays requests or answers them with errors, to try out what happens then. Left in after
the trial, it is an outage that somebody wrote.

**Fires when** a policy has a \`delay\` or an \`abort\` for more than 0 % of the requests; it is for all of
them where no \`percentage\` is written.

**Fix** Remove it when the trial is over.

**Source** Envoy Gateway API, \`FaultInjection\`.
`,
  *check({ policies }) {
    for (const { faultAt, faults, resource } of policies) {
      if (!faultAt || faults.length === 0) continue;
      yield {
        subject: `fault ${faultAt.file} ${faultAt.start}`,
        message: `Requests under policy '${resource.name}' are made to fail on purpose (${listed(faults)}). Remove the fault when the trial is over.`,
        at: faultAt,
      };
    }
  },
};
