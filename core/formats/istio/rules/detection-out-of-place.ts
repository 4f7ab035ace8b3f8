import type { FormatRule } from '../../format.ts';
import type { IstioWhole } from '../whole.ts';

export const istioDetectionOutOfPlace: FormatRule<IstioWhole> = {
  id: 'istio-detection-out-of-place',
  title: 'Outlier detection stands where Istio does not read it',
  severity: 'error',
  evidence: 'file',
  since: '0.1.0',
  documentation: `
\`outlierDetection\` belongs into \`trafficPolicy\`, beside \`connectionPool\`. Elsewhere it is dropped or
refused, depending on how it is applied, and no host is ever ejected.

**Fires when** it stands in \`spec\`, in \`connectionPool\`, or in its \`http\` or \`tcp\`.

**Fix** Move it into \`trafficPolicy\`.

**Source** Istio API, \`TrafficPolicy\`; istio/istio, issue 5996.
`,
  *check({ destinationRules }) {
    for (const { policies, resource } of destinationRules) {
      const pools = policies.map(({ fields }) => fields.part('connectionPool'));
      const places = [
        { fields: resource.spec, name: 'spec' },
        ...pools.map((fields) => ({ fields, name: 'connectionPool' })),
        ...pools.map((pool) => ({ fields: pool.part('http'), name: 'connectionPool.http' })),
        ...pools.map((pool) => ({ fields: pool.part('tcp'), name: 'connectionPool.tcp' })),
      ];
      for (const { fields, name } of places) {
        const at = fields.keyAt('outlierDetection');
        if (!at) continue;
        yield {
          subject: `detection ${at.file} ${at.start}`,
          message: `Istio reads outlierDetection in trafficPolicy only, so here, in ${name}, it ejects no host. Move it.`,
          at,
        };
      }
    }
  },
};
