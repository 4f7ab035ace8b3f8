import { didYouMean } from '../../../model/did-you-mean.ts';
import { shortened } from '../../../text/words.ts';
import type { FormatRule } from '../../format.ts';
import { type EnvoyWhole, routesOf } from '../whole.ts';

export const envoyUnknownCluster: FormatRule<EnvoyWhole> = {
  id: 'envoy-unknown-cluster',
  title: 'A route names a cluster that there is not',
  severity: 'error',
  evidence: 'file',
  since: '0.1.0',
  documentation: `
The clusters of a static \`route_config\` are looked up when it is loaded. If one is missing, Envoy does
not start.

**Fires when** a route names a cluster that \`static_resources\` does not have, and nothing else can bring
it: there are no \`dynamic_resources\`, and \`validate_clusters\` is not off.

**Fix** Correct the spelling (the nearest name is suggested), or define the cluster.

**Source** Envoy API v3, \`RouteConfiguration.validate_clusters\`.
`,
  *check(whole) {
    for (const { bootstrap, host, route } of routesOf(whole)) {
      if (!bootstrap.knowsClusters || !host.validatesClusters) continue;
      // A name that nobody can read may be any of them.
      if (bootstrap.fields.part('static_resources').items('clusters').some(isUnread)) continue;
      const names = new Set(bootstrap.clusters.map(({ name }) => name));
      for (const { source, value } of route.clusters) {
        if (names.has(value)) continue;
        const guess = didYouMean(value, names);
        yield {
          subject: `cluster at ${source.at.file} ${source.at.start}`,
          message: `There is no cluster '${shortened(value)}' in static_resources, so Envoy does not start.${guess === undefined ? ' Define it, or correct the name.' : ` Did you mean '${guess}'?`}`,
          at: source.at,
          fixes:
            guess === undefined
              ? []
              : [
                  {
                    title: `Change the name to '${shortened(guess)}'`,
                    safe: true,
                    changes: [{ kind: 'replace', at: source.at, value: guess }],
                  },
                ],
        };
      }
    }
  },
};

function isUnread(cluster: { scalar(key: string): unknown }): boolean {
  return cluster.scalar('name') === undefined;
}
