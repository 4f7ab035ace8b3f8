import { defaultNote } from '../../../model/source.ts';
import { usual } from '../../defaults.ts';
import type { FormatRule } from '../../format.ts';
import { isCertain } from '../service.ts';
import type { ComposeWhole } from '../whole.ts';
import { perService, subjectOf } from './per-project.ts';

export const composeUpdateStopsAll: FormatRule<ComposeWhole> = {
  id: 'compose-update-stops-all',
  title: 'An update stops all replicas at once',
  severity: 'warning',
  evidence: 'file',
  since: '0.1.0',
  documentation: `
A Swarm updates \`parallelism\` replicas at a time (0 means all) and, with \`order: stop-first\`, stops the old
ones before it starts the new. If that is all of them, nobody answers during each update.

**Fires when** \`update_config\` has a \`parallelism\` of 0, or of as many as there are replicas (more than one),
and the order is \`stop-first\`.

**Fix** Set \`parallelism\` to 1, or \`order\` to \`start-first\`.

**Source** Compose Deploy Specification, \`update_config\`; docker/cli, \`convertUpdateConfig\`.
`,
  check: (whole) =>
    perService(whole, function* (service) {
      const { deploy, name, nameAt, replicas } = service;
      const update = deploy.part('update_config');
      const parallelism = update.number('parallelism');
      const order = update.text('order') ?? usual('stop-first', nameAt, 'Docker Swarm');
      if (!parallelism || !replicas || replicas.value <= 1 || update.unclear) return;
      if (!isCertain(service, 'deploy') || order.value !== 'stop-first') return;
      if (parallelism.value !== 0 && parallelism.value < replicas.value) return;
      const all =
        parallelism.value === 0
          ? "parallelism 0 means 'all'"
          : `parallelism is ${parallelism.value}`;
      yield {
        subject: subjectOf('update', service),
        message: `Each update of '${name}' stops all ${replicas.value} replicas before a new one is started: ${all}, and the order is stop-first${defaultNote(order)}. Set parallelism to 1.`,
        at: parallelism.source.at,
        related: [{ message: 'Its replicas.', at: replicas.source.at }],
        fixes: [
          {
            title: 'Set parallelism to 1',
            safe: false,
            changes: [{ kind: 'replace', at: parallelism.source.at, value: 1 }],
          },
        ],
      };
    }),
};
