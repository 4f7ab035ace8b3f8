import type { Fields } from '../../fields.ts';
import type { FormatRule } from '../../format.ts';
import { type ComposeService, isCertain } from '../service.ts';
import type { ComposeWhole } from '../whole.ts';
import { perService, subjectOf } from './per-project.ts';

export const composeOnePortForSeveral: FormatRule<ComposeWhole> = {
  id: 'compose-one-port-for-several',
  title: 'Several containers are to listen on one port of the host',
  severity: 'warning',
  evidence: 'file',
  since: '0.1.0',
  documentation: `
With \`docker compose up\`, each replica publishes the ports of its service on the host. The second one
finds the port taken and does not start. (A Swarm publishes a port once, for all of them.)

**Fires when** a service has more than one replica and a fixed port of the host, and nothing in the
project is for a Swarm. Information where nothing says that it is not.

**Fix** Leave the port of the host open (\`"8080"\`), give a range of ports, or put a proxy before it.

**Source** Docker documentation, "Port publishing"; Compose specification, \`ports\`.
`,
  check: (whole) =>
    perService(whole, function* (service, { isForCompose, isForSwarm }) {
      const { name, replicas } = service;
      if (isForSwarm || !replicas || replicas.value <= 1) return;
      if (!isCertain(service, 'ports') || !isCertain(service, 'deploy')) return;
      const fixed = fixedPortOf(service);
      if (!fixed) return;
      yield {
        subject: subjectOf('port', service),
        ...(!isForCompose && { severity: 'info' as const }),
        message: `With 'docker compose up', only the first of the ${replicas.value} replicas of '${name}' starts: each of them wants port ${fixed.port} of the host. Leave the port of the host out, or put a proxy before them.`,
        at: fixed.at,
        related: [{ message: 'Its replicas.', at: replicas.source.at }],
      };
    }),
};

function fixedPortOf({ fields }: ComposeService) {
  for (const item of fields.items('ports')) {
    const port = hostPortOf(item);
    if (port !== undefined) return { port, at: item.at };
  }
  return undefined;
}

/** `8080:80`, `127.0.0.1:8080:80/tcp`, or `published: 8080`. A range leaves a choice. */
function hostPortOf(item: Fields): string | undefined {
  const { node } = item;
  if (node?.kind === 'mapping') {
    const published = item.scalar('published')?.value;
    return published !== undefined && /^\d+$/.test(published) ? published : undefined;
  }
  if (node?.kind !== 'scalar') return undefined;
  return /(?:^|:)(\d+):\d+(?:\/\w+)?$/.exec(String(node.value))?.[1];
}
