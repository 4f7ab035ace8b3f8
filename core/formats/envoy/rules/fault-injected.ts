import { listed } from '../../../text/words.ts';
import type { FormatRule } from '../../format.ts';
import type { EnvoyWhole } from '../whole.ts';

export const envoyFaultInjected: FormatRule<EnvoyWhole> = {
  id: 'envoy-fault-injected',
  title: 'Faults are injected on purpose',
  severity: 'warning',
  evidence: 'file',
  since: '0.1.0',
  documentation: `
The fault filter delays requests or answers them with errors, to try out what happens then. Left in
after the trial, it is an outage that somebody wrote.

**Fires when** the filter has a \`delay\` or an \`abort\` for more than 0 % of the requests. One that waits
for a header of the request is a tool, and is left alone.

**Fix** Remove it when the trial is over, or let a header ask for it (\`header_delay\`, \`header_abort\`).

**Source** Envoy documentation, "Fault Injection".
`,
  *check({ bootstraps }) {
    for (const { at, kinds } of bootstraps.flatMap(({ faults }) => faults)) {
      yield {
        subject: `fault ${at.file} ${at.start}`,
        message: `Requests are made to fail on purpose (${listed(kinds)}). Remove this filter when the trial is over.`,
        at,
      };
    }
  },
};
