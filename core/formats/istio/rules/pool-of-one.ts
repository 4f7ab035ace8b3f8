import type { FormatRule } from '../../format.ts';
import type { IstioWhole } from '../whole.ts';

export const istioPoolOfOne: FormatRule<IstioWhole> = {
  id: 'istio-pool-of-one',
  title: 'Limits of a sample let one request through at a time',
  severity: 'warning',
  evidence: 'file',
  since: '0.1.0',
  documentation: `
Istio's task about circuit breaking shows one with \`maxConnections: 1\` and \`http1MaxPendingRequests: 1\`, so
that three clients are enough to see it at work. In earnest, each sidecar then sends one request at a
time, lets one wait, and answers all others with 503.

**Fires when** both are 1.

**Fix** Allow as many connections as there are requests at once: rate × latency, with room to spare.

**Source** Istio documentation, "Circuit Breaking"; Little's law.
`,
  *check({ destinationRules }) {
    for (const { policies, resource } of destinationRules) {
      for (const { maxConnections, maxPending } of policies) {
        if (maxConnections?.value !== 1 || maxPending?.value !== 1) continue;
        yield {
          subject: `pool ${maxPending.source.at.file} ${maxPending.source.at.start}`,
          message: `With one connection and one request that may wait, '${resource.name}' answers a third request at the same time with 503: these are the limits of the sample in Istio's documentation. Allow as many as there are at once.`,
          at: maxConnections.source.at,
          related: [{ message: 'Requests that may wait.', at: maxPending.source.at }],
        };
      }
    }
  },
};
