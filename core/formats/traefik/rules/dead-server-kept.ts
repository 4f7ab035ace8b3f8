import type { FormatRule } from '../../format.ts';
import type { TraefikWhole } from '../whole.ts';

export const traefikDeadServerKept: FormatRule<TraefikWhole> = {
  id: 'traefik-dead-server-kept',
  title: 'A server that fails keeps its share of the requests',
  severity: 'info',
  evidence: 'file',
  since: '0.1.0',
  documentation: `
Traefik spreads requests over all servers of a load balancer until a health check tells it that one has
failed. Without one, one of two servers that is down costs half of the requests, for as long as it is
down.

**Fires when** a load balancer has two servers or more, and neither \`healthCheck\` nor
\`passiveHealthCheck\`.

**Fix** Add \`healthCheck\` with a \`path\`.

**Source** Traefik documentation, "Services: Health Check".
`,
  *check({ files }) {
    for (const { fields, loadBalancer, name, nameAt, servers } of files.flatMap(
      (file) => file.services,
    )) {
      if (servers.length < 2 || fields.unclear || loadBalancer.unclear) continue;
      if (loadBalancer.has('healthCheck') || loadBalancer.has('passiveHealthCheck')) continue;
      yield {
        subject: `servers ${nameAt.file} ${nameAt.start}`,
        message: `When one of the ${servers.length} servers of '${name}' fails, it keeps its share of the requests (1 in ${servers.length}): the load balancer has neither healthCheck nor passiveHealthCheck. Add healthCheck.`,
        at: nameAt,
      };
    }
  },
};
