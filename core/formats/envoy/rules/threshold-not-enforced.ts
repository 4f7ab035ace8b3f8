import { defaultNote } from '../../../model/source.ts';
import { addKey } from '../../../rules/facts/setting-fix.ts';
import type { FormatRule } from '../../format.ts';
import { type EnvoyWhole, outliersOf } from '../whole.ts';

export const envoyThresholdNotEnforced: FormatRule<EnvoyWhole> = {
  id: 'envoy-threshold-not-enforced',
  title: 'A threshold ejects nobody, for it is not enforced',
  severity: 'warning',
  evidence: 'file',
  since: '0.1.0',
  documentation: `
Every threshold of \`outlier_detection\` has an \`enforcing_…\` beside it: the share of the hosts that it
finds which are really ejected. For consecutive gateway failures and for the percentage of failures that is
0 by default: they are counted, and nobody is ejected.

**Fires when** \`consecutive_gateway_failure\` or one of the \`failure_percentage_…\` is written, and its
\`enforcing_…\` is not. Where it is written as 0, that is taken to be meant.

**Fix** Set \`enforcing_consecutive_gateway_failure\` or \`enforcing_failure_percentage\` to 100.

**Source** Envoy API v3, \`OutlierDetection\`.
`,
  *check(whole) {
    for (const { cluster, outlier } of outliersOf(whole)) {
      if (outlier.unclear) continue;
      const { enforcingFailurePercentage, enforcingGatewayFailure, fields } = outlier;
      const thresholds = [
        {
          key: ['consecutive_gateway_failure'].find((one) => fields.has(one)),
          enforcing: enforcingGatewayFailure,
          name: 'enforcing_consecutive_gateway_failure',
        },
        {
          key: [
            'failure_percentage_threshold',
            'failure_percentage_minimum_hosts',
            'failure_percentage_request_volume',
          ].find((one) => fields.has(one)),
          enforcing: enforcingFailurePercentage,
          name: 'enforcing_failure_percentage',
        },
      ];
      for (const { enforcing, key, name } of thresholds) {
        const at = key === undefined ? undefined : fields.valueAt(key);
        if (!at || enforcing.source.kind === 'explicit') continue;
        // The same for failures that never left this Envoy.
        if (fields.has('enforcing_failure_percentage_local_origin') && key?.startsWith('failure')) {
          continue;
        }
        yield {
          subject: `threshold ${at.file} ${at.start}`,
          message: `${key} ejects no host of '${cluster.name}': ${name} is ${enforcing.value}${defaultNote(enforcing)}, so what it finds is only counted. Set ${name} to 100.`,
          at,
          fixes: addKey(name, 100, fields.at),
        };
      }
    }
  },
};
