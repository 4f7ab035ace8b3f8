import { defaultAside } from '../../../model/source.ts';
import type { FormatRule } from '../../format.ts';
import { type EnvoyWhole, outliersOf } from '../whole.ts';

export const envoyGatewayFailureShadowed: FormatRule<EnvoyWhole> = {
  id: 'envoy-gateway-failure-shadowed',
  title: 'A threshold is never reached, for another one is reached before',
  severity: 'warning',
  evidence: 'file',
  since: '0.1.0',
  documentation: `
Gateway failures (502, 503, 504) count as 5xx errors too. A host that gives only those is ejected by
whichever threshold is lower.

**Fires when** both are enforced, \`consecutive_5xx\` at 100 %, and \`consecutive_gateway_failure\` is written
and no lower.

**Fix** Lower \`consecutive_gateway_failure\`, or set \`enforcing_consecutive_5xx\` to 0.

**Source** Envoy documentation, "Outlier detection: Consecutive gateway failure".
`,
  *check(whole) {
    for (const { outlier } of outliersOf(whole)) {
      const { consecutive5xx, enforcing5xx, enforcingGatewayFailure, gatewayFailure } = outlier;
      if (outlier.unclear || gatewayFailure.source.kind !== 'explicit') continue;
      if (enforcing5xx.value < 100 || enforcingGatewayFailure.value === 0) continue;
      if (consecutive5xx.value < 1 || gatewayFailure.value < consecutive5xx.value) continue;
      const { at } = gatewayFailure.source;
      yield {
        subject: `gateway failures ${at.file} ${at.start}`,
        message: `consecutive_gateway_failure has no effect: gateway failures are 5xx errors, and ${consecutive5xx.value} of those eject a host already (consecutive_5xx${defaultAside(consecutive5xx)}). Set it below ${consecutive5xx.value}, or enforcing_consecutive_5xx to 0.`,
        at,
        unnecessary: true,
      };
    }
  },
};
