import type { FormatRule } from '../../format.ts';
import { isCertain } from '../service.ts';
import type { ComposeWhole } from '../whole.ts';
import { perService, subjectOf } from './per-project.ts';

export const composeReplicasOfGlobal: FormatRule<ComposeWhole> = {
  id: 'compose-replicas-of-global',
  title: 'A service that runs once on each node has a number of replicas',
  severity: 'error',
  evidence: 'file',
  since: '0.1.0',
  documentation: `
A \`global\` service runs one container on each node, so \`docker stack deploy\` refuses \`replicas\` beside
it. \`docker compose up\` knows no modes and runs that many.

**Fires when** \`deploy\` has \`mode: global\` (or \`global-job\`) and \`replicas\`.

**Fix** Remove one of them.

**Source** docker/cli, \`cli/compose/convert/service.go\`: \`convertDeployMode\`.
`,
  check: (whole) =>
    perService(whole, function* (service) {
      const { deploy, name } = service;
      const mode = deploy.text('mode');
      const replicas = deploy.number('replicas');
      const at = deploy.keyAt('replicas');
      if (!mode?.value.startsWith('global') || !replicas || !at) return;
      if (!isCertain(service, 'deploy')) return;
      yield {
        subject: subjectOf('mode', service),
        message: `'docker stack deploy' refuses this: '${name}' runs once on each node (mode ${mode.value}), and replicas are for the mode 'replicated'. Remove one of them.`,
        at,
        related: [{ message: 'Its mode.', at: mode.source.at }],
        fixes: [{ title: 'Remove replicas', safe: false, changes: [{ kind: 'remove', at }] }],
      };
    }),
};
