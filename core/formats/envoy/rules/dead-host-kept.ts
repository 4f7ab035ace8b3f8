import type { FormatRule } from '../../format.ts';
import type { EnvoyWhole } from '../whole.ts';

export const envoyDeadHostKept: FormatRule<EnvoyWhole> = {
  id: 'envoy-dead-host-kept',
  title: 'A host that fails keeps its share of the requests',
  severity: 'info',
  evidence: 'file',
  since: '0.1.0',
  documentation: `
Envoy spreads requests over all hosts of a cluster until something tells it that one has failed:
\`health_checks\`, which ask, or \`outlier_detection\`, which looks at the answers. With neither, one of two
hosts that is down costs half of the requests, for as long as it is down.

**Fires when** a cluster has two addresses or more and neither of the two.

**Fix** Add \`outlier_detection\` with a \`max_ejection_percent\` that lets one host go, or
\`health_checks\`.

**Source** Envoy documentation, "Outlier detection" and "Health checking".
`,
  *check({ bootstraps }) {
    for (const { fields, hosts, name, nameAt, unclear } of bootstraps.flatMap(
      ({ clusters }) => clusters,
    )) {
      const { addresses, count } = hosts;
      if (unclear || count === 'unknown' || addresses.length < 2) continue;
      if (fields.has('health_checks') || fields.has('outlier_detection')) continue;
      yield {
        subject: `hosts ${nameAt.file} ${nameAt.start}`,
        message: `When one of the ${addresses.length} hosts of '${name}' fails, it keeps its share of the requests (1 in ${addresses.length}): the cluster has neither outlier_detection nor health_checks. Add one of them.`,
        at: nameAt,
      };
    }
  },
};
