import type { FormatRule } from '../../format.ts';
import { ejections, type IstioWhole } from '../whole.ts';

export const istioLocalOriginNotSplit: FormatRule<IstioWhole> = {
  id: 'istio-local-origin-not-split',
  title: 'A threshold needs another setting to be read',
  severity: 'warning',
  evidence: 'file',
  since: '0.1.0',
  documentation: `
Failures to connect count by themselves only if \`splitExternalLocalOriginErrors\` is on. Without it they
are 5xx errors, and \`consecutiveLocalOriginFailures\` is not read.

**Fires when** \`consecutiveLocalOriginFailures\` is above 0 and \`splitExternalLocalOriginErrors\` is not
\`true\`.

**Fix** Add \`splitExternalLocalOriginErrors: true\`, or remove the threshold.

**Source** istio/istio, \`applyOutlierDetection\`.
`,
  *check(whole) {
    for (const { outlier } of ejections(whole)) {
      const { fields, localOriginFailures, splitsLocalOrigin } = outlier;
      if (!localOriginFailures || localOriginFailures.value <= 0 || splitsLocalOrigin) continue;
      yield {
        subject: `local origin ${fields.at.file} ${fields.at.start}`,
        message: `consecutiveLocalOriginFailures has no effect without splitExternalLocalOriginErrors: failures to connect count as 5xx errors. Add splitExternalLocalOriginErrors: true.`,
        at: localOriginFailures.source.at,
        unnecessary: true,
        fixes: [
          {
            title: 'Add splitExternalLocalOriginErrors: true',
            safe: false,
            changes: [
              {
                kind: 'put',
                owner: fields.at,
                key: 'splitExternalLocalOriginErrors',
                value: true,
              },
            ],
          },
        ],
      };
    }
  },
};
