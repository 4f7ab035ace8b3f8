import { listed } from '../../../text/words.ts';
import type { FormatRule } from '../../format.ts';
import type { IstioWhole } from '../whole.ts';

export const istioFaultInjected: FormatRule<IstioWhole> = {
  id: 'istio-fault-injected',
  title: 'Faults are injected on purpose',
  severity: 'warning',
  evidence: 'file',
  since: '0.1.0',
  documentation: `
\`fault\` delays requests or answers them with errors, to try out what happens then. Left in after the
trial, it is an outage that somebody wrote.

**Fires when** a route has \`fault\` with a \`delay\` or an \`abort\`.

**Fix** Remove it when the trial is over.

**Source** Istio documentation, "Fault Injection".
`,
  *check({ virtualServices }) {
    for (const { resource, routes } of virtualServices) {
      for (const { faultAt, fields } of routes) {
        const fault = fields.part('fault');
        const kinds = ['delay', 'abort'].filter((kind) => fault.has(kind));
        if (!faultAt || kinds.length === 0) continue;
        yield {
          subject: `fault ${faultAt.file} ${faultAt.start}`,
          message: `Requests by '${resource.name}' are made to fail on purpose (${listed(kinds)}). Remove the fault when the trial is over.`,
          at: faultAt,
        };
      }
    }
  },
};
