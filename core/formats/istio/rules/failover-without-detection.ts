import type { FormatRule } from '../../format.ts';
import type { IstioWhole } from '../whole.ts';

export const istioFailoverWithoutDetection: FormatRule<IstioWhole> = {
  id: 'istio-failover-without-detection',
  title: 'A failover is never made, for nobody notices failures',
  severity: 'warning',
  evidence: 'file',
  since: '0.1.0',
  documentation: `
\`localityLbSetting\` says where requests go when hosts nearby fail. That they fail is what
\`outlierDetection\` finds out: without it, requests stay where they are.

**Fires when** a traffic policy has \`failover\` or \`failoverPriority\`, and neither it nor that of the whole
host has \`outlierDetection\`.

**Fix** Add \`outlierDetection\` to the policy.

**Source** Istio documentation, "Locality failover"; istio/istio, \`applyLocalityLoadBalancer\`.
`,
  *check({ destinationRules }) {
    for (const { policies, resource } of destinationRules) {
      const whole = policies.find(({ subset }) => subset === undefined);
      for (const { failoverAt, outlier } of policies) {
        if (!failoverAt || outlier || whole?.outlier) continue;
        yield {
          subject: `failover ${failoverAt.file} ${failoverAt.start}`,
          message: `'${resource.name}' never fails over: without outlierDetection Istio does not look for hosts that fail. Add it to this trafficPolicy.`,
          at: failoverAt,
        };
      }
    }
  },
};
