import { defaultNote } from '../../../model/source.ts';
import { setTo } from '../../../rules/facts/setting-fix.ts';
import { plural } from '../../../text/words.ts';
import type { FormatRule } from '../../format.ts';
import { type EnvoyGatewayWhole, ejections } from '../whole.ts';

export const envoyGatewayEjectionImpossible: FormatRule<EnvoyGatewayWhole> = {
  id: 'envoy-gateway-ejection-impossible',
  title: 'No endpoint can ever be ejected',
  severity: 'warning',
  evidence: 'graph',
  since: '0.1.0',
  documentation: `
\`maxEjectionPercent\` is a share of the endpoints, and 10 where nobody says more. With few pods, one of them
is more than that: Envoy then ejects none at all, however it fails.

**Fires when** a passive health check is applied to a route, and one pod is a larger share than
\`maxEjectionPercent\` of those behind a service of the route, of as many as its autoscaler allows at most.
It is silent with \`alwaysEjectOneEndpoint\`.

**Fix** Raise \`maxEjectionPercent\`, or set \`alwaysEjectOneEndpoint\`, which newer versions of Envoy Gateway
have.

**Source** envoyproxy/gateway, issue 8140; envoyproxy/envoy, pull request 27909.
`,
  *check(whole) {
    for (const { passive, pods, policy, service } of ejections(whole)) {
      const { alwaysEjectsOne, fields, maxEjectionPercent } = passive;
      // Of a single one, to eject none is right.
      if (alwaysEjectsOne || pods.max < 2) continue;
      const share = 100 / pods.max;
      if (share <= maxEjectionPercent.value) continue;
      const enough = Math.ceil(100 / Math.max(2, pods.min));
      yield {
        subject: `ejection ${fields.at.file} ${fields.at.start}`,
        message: `Policy '${policy.resource.name}' ejects no pod of '${service}': one of ${plural(pods.max, 'pod')} is ${Math.floor(share * 10) / 10}% of them, and maxEjectionPercent is ${maxEjectionPercent.value}${defaultNote(maxEjectionPercent)}. Set it to ${enough} or more.`,
        at: maxEjectionPercent.source.at,
        fixes: setTo('maxEjectionPercent', maxEjectionPercent, enough, fields.at),
      };
    }
  },
};
