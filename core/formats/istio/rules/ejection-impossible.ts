import { defaultNote } from '../../../model/source.ts';
import { setTo } from '../../../rules/facts/setting-fix.ts';
import { plural } from '../../../text/words.ts';
import type { FormatRule } from '../../format.ts';
import { ejections, type IstioWhole } from '../whole.ts';

export const istioEjectionImpossible: FormatRule<IstioWhole> = {
  id: 'istio-ejection-impossible',
  title: 'No host can ever be ejected',
  severity: 'warning',
  evidence: 'graph',
  since: '0.1.0',
  documentation: `
\`maxEjectionPercent\` is a share of the hosts, and 10 where nobody says more. With few pods, one of them
is more than that: Envoy then ejects none at all, however it fails. Until 2023 it ejected the first one
all the same, so that one file has meant both.

**Fires when** one pod is a larger share than \`maxEjectionPercent\` of those behind the host: of as many as
its autoscaler allows at most, if it has one; information, if it is so only of the fewest.

**Fix** Raise \`maxEjectionPercent\` to the share of one pod at least.

**Source** envoyproxy/envoy, pull requests 27909 (the share is kept) and 34796 (\`always_eject_one_host\`,
which Istio does not set).
`,
  *check(whole) {
    for (const { host, hosts, outlier } of ejections(whole)) {
      const { fields, maxEjectionPercent } = outlier;
      // Of a single host, to eject none is right.
      if (!hosts || hosts.min < 1 || hosts.max < 2) continue;
      const shareOf = (count: number) => 100 / count;
      if (shareOf(hosts.min) <= maxEjectionPercent.value) continue;
      const isAlways = shareOf(hosts.max) > maxEjectionPercent.value;
      const count = isAlways ? hosts.max : Math.max(hosts.min, 1);
      const enough = Math.ceil(shareOf(Math.max(hosts.min, 2)));
      yield {
        subject: `ejection ${fields.at.file} ${fields.at.start}`,
        severity: isAlways ? 'warning' : 'info',
        message: `outlierDetection ejects no pod of '${host}'${isAlways ? '' : ` while there ${count === 1 ? 'is' : 'are'} ${count}`}: one of ${plural(count, 'pod')} is ${Math.floor(shareOf(count) * 10) / 10}% of them, and maxEjectionPercent is ${maxEjectionPercent.value}${defaultNote(maxEjectionPercent)}. Set it to ${enough} or more. (Envoys from before 2024 may eject the first one all the same.)`,
        at: maxEjectionPercent.source.at,
        fixes: setTo('maxEjectionPercent', maxEjectionPercent, enough, fields.at),
      };
    }
  },
};
