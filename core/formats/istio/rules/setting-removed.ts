import { defaultAside } from '../../../model/source.ts';
import type { FormatRule } from '../../format.ts';
import { ejections, type IstioWhole } from '../whole.ts';

export const istioSettingRemoved: FormatRule<IstioWhole> = {
  id: 'istio-setting-removed',
  title: 'A threshold is written in a way that Istio does not read any more',
  severity: 'warning',
  evidence: 'file',
  since: '0.1.0',
  documentation: `
\`outlierDetection.consecutiveErrors\` was deprecated with Istio 1.5 and is not read since. It is still
accepted, so a host is ejected after the default of 5 errors, whatever is written.

**Fires when** \`outlierDetection\` has \`consecutiveErrors\`.

**Fix** Write \`consecutive5xxErrors\`, or \`consecutiveGatewayErrors\` for 502, 503 and 504 only.

**Source** istio/istio, \`applyOutlierDetection\`, and pull request 24087.
`,
  *check(whole) {
    for (const { outlier } of ejections(whole)) {
      const { consecutive5xx, consecutiveErrors, fields } = outlier;
      const key = fields.keyAt('consecutiveErrors');
      if (!consecutiveErrors || !key) continue;
      const isWritten = consecutive5xx.source.kind === 'explicit';
      yield {
        subject: `threshold ${fields.at.file} ${fields.at.start}`,
        message: `Istio does not read consecutiveErrors any more: a host is ejected after ${consecutive5xx.value} errors (consecutive5xxErrors${defaultAside(consecutive5xx)}), not after ${consecutiveErrors.value}. ${isWritten ? 'Remove it' : 'Rename it to consecutive5xxErrors'}.`,
        at: key,
        unnecessary: true,
        fixes: [
          isWritten
            ? {
                title: 'Remove consecutiveErrors',
                safe: false,
                changes: [{ kind: 'remove', at: key }],
              }
            : {
                title: 'Rename it to consecutive5xxErrors',
                safe: false,
                changes: [{ kind: 'rename', at: key, name: 'consecutive5xxErrors' }],
              },
        ],
      };
    }
  },
};
