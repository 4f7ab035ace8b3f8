import { formatDuration } from '../../../time/index.ts';
import type { FormatRule } from '../../format.ts';
import { ejections, type IstioWhole } from '../whole.ts';

export const istioEjectsEveryHost: FormatRule<IstioWhole> = {
  id: 'istio-ejects-every-host',
  title: 'All hosts can be ejected at once',
  severity: 'info',
  evidence: 'file',
  since: '0.1.0',
  documentation: `
When all pods give errors, because of what they all call, say, each of them is ejected, and nobody answers
at all until the first one is let in again: some errors become nothing but errors. Envoy's own safeguard,
to go on with all hosts when too few are left, is off in Istio unless \`minHealthPercent\` is set.

**Fires when** \`maxEjectionPercent\` is 100 and \`minHealthPercent\` is not above 0. It is a warning where
there is one pod behind the host.

**Fix** Set \`maxEjectionPercent\` to 50, or \`minHealthPercent\` to 30, say.

**Source** Istio API, \`OutlierDetection.min_health_percent\`; istio/istio, \`applyOutlierDetection\`.
`,
  *check(whole) {
    for (const { host, hosts, outlier } of ejections(whole)) {
      const { baseEjectionMs, fields, maxEjectionPercent, minHealthPercent } = outlier;
      if (maxEjectionPercent.value < 100 || minHealthPercent.value > 0) continue;
      const isOnly = hosts?.max === 1;
      const lasts = formatDuration(baseEjectionMs.value);
      yield {
        subject: `all hosts ${fields.at.file} ${fields.at.start}`,
        severity: isOnly ? 'warning' : 'info',
        message: isOnly
          ? `The only pod of '${host}' can be ejected: then nobody answers for ${lasts} or more. Remove outlierDetection, or run more pods.`
          : `Every pod of '${host}' can be ejected at once (maxEjectionPercent ${maxEjectionPercent.value}, no minHealthPercent): then nobody answers for ${lasts} or more, where some requests would have been answered. Set maxEjectionPercent to 50, or a minHealthPercent.`,
        at: maxEjectionPercent.source.at,
      };
    }
  },
};
