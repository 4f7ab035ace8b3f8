import type { FormatRule } from '../../format.ts';
import { nameOf, type TraefikWhole } from '../whole.ts';

export const traefikFailoverWithoutCheck: FormatRule<TraefikWhole> = {
  id: 'traefik-failover-without-check',
  title: 'A failover whose main service nobody checks',
  severity: 'error',
  evidence: 'graph',
  since: '0.1.0',
  documentation: `
A \`failover\` service goes over to its \`fallback\` when its main \`service\` says that it is down. Only a
service with a health check says so; Traefik refuses a failover for one that has none.

**Fires when** the main service is a load balancer with neither \`healthCheck\` nor \`passiveHealthCheck\`, and
the failover has no \`errors\`.

**Fix** Add \`healthCheck\` to the main service.

**Source** Traefik documentation, "Failover"; traefik/traefik, \`getFailoverServiceHandler\`.
`,
  *check({ files }) {
    const services = files.flatMap((file) => file.services);
    for (const { failover, name } of services) {
      const main = failover.text('service');
      if (!main || failover.unclear || failover.has('errors')) continue;
      const named = services.filter((one) => one.name === nameOf(main.value));
      const [service] = named;
      // Of several, nobody knows which one it is.
      if (!service?.loadBalancer.exists || named.length > 1) continue;
      const { loadBalancer } = service;
      if (loadBalancer.has('healthCheck') || loadBalancer.has('passiveHealthCheck')) continue;
      yield {
        subject: `failover ${main.source.at.file} ${main.source.at.start}`,
        message: `Traefik refuses the failover '${name}': '${service.name}' has no healthCheck, so nothing tells when to fail over. Add healthCheck to it.`,
        at: main.source.at,
        related: [{ message: 'The main service.', at: service.nameAt }],
      };
    }
  },
};
