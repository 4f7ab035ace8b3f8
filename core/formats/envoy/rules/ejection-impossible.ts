import { defaultNote } from '../../../model/source.ts';
import { setTo } from '../../../rules/facts/setting-fix.ts';
import type { FormatRule } from '../../format.ts';
import { type EnvoyWhole, outliersOf } from '../whole.ts';

export const envoyEjectionImpossible: FormatRule<EnvoyWhole> = {
  id: 'envoy-ejection-impossible',
  title: 'No host can ever be ejected',
  severity: 'warning',
  evidence: 'file',
  since: '0.1.0',
  documentation: `
\`max_ejection_percent\` is a share of the hosts, and 10 where nobody says more. In a small cluster one
host is more than that: Envoy then ejects none at all, however it fails. Until 2023 it ejected the
first one all the same, so that one file has meant both; since 2024 \`always_eject_one_host\` brings that
back.

**Fires when** a cluster has two hosts or more, one of them is a larger share than \`max_ejection_percent\`,
and \`always_eject_one_host\` is off. It is information where hosts are written as names: a name may have
many addresses, each of which is a host.

**Fix** Raise \`max_ejection_percent\` to the share of one host at least, or set \`always_eject_one_host\`.

**Source** envoyproxy/envoy, pull requests 27909 (the share is kept) and 34796
(\`always_eject_one_host\`).
`,
  *check(whole) {
    for (const { cluster, outlier } of outliersOf(whole)) {
      const { addresses, count } = cluster.hosts;
      const { alwaysEjectsOne, fields, maxEjectionPercent } = outlier;
      if (outlier.unclear || alwaysEjectsOne || count === 'unknown') continue;
      // Of a single host, to eject none is right; and at 0, it is meant.
      if (addresses.length < 2 || maxEjectionPercent.value === 0) continue;
      const share = 100 / addresses.length;
      if (share <= maxEjectionPercent.value) continue;
      const isExact = count === 'exact';
      const enough = Math.ceil(share);
      yield {
        subject: `ejection ${fields.at.file} ${fields.at.start}`,
        severity: isExact ? 'warning' : 'info',
        message: `outlier_detection ejects no host of '${cluster.name}'${isExact ? '' : ' if each name has one address'}: one of ${addresses.length} is ${Math.floor(share * 10) / 10}% of them, and max_ejection_percent is ${maxEjectionPercent.value}${defaultNote(maxEjectionPercent)}. Set it to ${enough} or more, or always_eject_one_host to true. (Envoys from before 2024 may eject the first one all the same.)`,
        at: maxEjectionPercent.source.at,
        fixes: setTo('max_ejection_percent', maxEjectionPercent, enough, fields.at),
      };
    }
  },
};
