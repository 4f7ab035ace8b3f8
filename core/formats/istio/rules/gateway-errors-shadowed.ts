import { defaultAside } from '../../../model/source.ts';
import type { FormatRule } from '../../format.ts';
import { ejections, type IstioWhole } from '../whole.ts';

export const istioGatewayErrorsShadowed: FormatRule<IstioWhole> = {
  id: 'istio-gateway-errors-shadowed',
  title: 'A threshold is never reached, for another one is reached before',
  severity: 'warning',
  evidence: 'file',
  since: '0.1.0',
  documentation: `
Gateway errors (502, 503, 504) count as 5xx errors too. A host that gives only those is ejected by
whichever threshold is lower.

**Fires when** \`consecutiveGatewayErrors\` is no lower than \`consecutive5xxErrors\`, which is 5 where it is
not written, and neither is 0, which switches it off.

**Fix** Lower \`consecutiveGatewayErrors\`, or set \`consecutive5xxErrors\` to 0.

**Source** Istio API, \`OutlierDetection.consecutive_gateway_errors\`.
`,
  *check(whole) {
    for (const { outlier } of ejections(whole)) {
      const { consecutive5xx, consecutiveGateway, fields } = outlier;
      if (!consecutiveGateway || consecutive5xx.value === 0 || consecutiveGateway.value === 0)
        continue;
      if (consecutiveGateway.value < consecutive5xx.value) continue;
      yield {
        subject: `gateway errors ${fields.at.file} ${fields.at.start}`,
        message: `consecutiveGatewayErrors has no effect: gateway errors are 5xx errors, and ${consecutive5xx.value} of those eject a host already (consecutive5xxErrors${defaultAside(consecutive5xx)}). Set it below ${consecutive5xx.value}, or consecutive5xxErrors to 0.`,
        at: consecutiveGateway.source.at,
        unnecessary: true,
      };
    }
  },
};
