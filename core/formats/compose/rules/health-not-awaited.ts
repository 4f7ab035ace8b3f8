import type { FormatRule } from '../../format.ts';
import { isCertain } from '../service.ts';
import type { ComposeWhole } from '../whole.ts';
import { perService } from './per-project.ts';

export const composeHealthNotAwaited: FormatRule<ComposeWhole> = {
  id: 'compose-health-not-awaited',
  title: 'A service starts before the one that it needs is healthy',
  severity: 'info',
  evidence: 'graph',
  since: '0.1.0',
  documentation: `
A list under \`depends_on\` waits until the containers of the other service have been started, not until
they work: whoever connects at once is refused. Here the other service has a health check that says
when it is ready.

**Fires when** a list under \`depends_on\` names a service that has a \`healthcheck\`.

**Fix** Write a mapping with \`condition: service_healthy\`, or with \`service_started\` where that is meant.

**Source** Compose specification, \`depends_on\`: the short syntax does not wait for \`healthy\`.
`,
  check: (whole) =>
    perService(whole, function* (service, { isForSwarm, services }) {
      // A Swarm starts everything at once, whatever is written.
      if (isForSwarm || !isCertain(service, 'depends_on')) return;
      for (const { at, isListed, name } of service.dependencies) {
        const other = services.get(name);
        const { test, at: checkAt } = other?.healthcheck ?? {};
        if (!isListed || !other || !checkAt || !test || !isCertain(other, 'healthcheck')) continue;
        if (test.kind !== 'shell' && test.kind !== 'exec') continue;
        yield {
          subject: `dependency at ${at.file} ${at.start}`,
          message: `'${service.name}' starts as soon as '${name}' has been started, not when it is healthy: names in a list wait for no health check. Write '${name}: { condition: service_healthy }'.`,
          at,
          related: [{ message: 'Its health check.', at: checkAt }],
        };
      }
    }),
};
