import { listed } from '../../../text/words.ts';
import type { FormatRule } from '../../format.ts';
import { isCalledSwarm, SWARM_KEYS } from '../projects.ts';
import { isCertain } from '../service.ts';
import type { ComposeWhole } from '../whole.ts';
import { perService, subjectOf } from './per-project.ts';

export const composeSwarmOnly: FormatRule<ComposeWhole> = {
  id: 'compose-swarm-only',
  title: 'What only a Swarm does is written for Compose',
  severity: 'info',
  evidence: 'graph',
  since: '0.1.0',
  documentation: `
\`docker compose up\` reads \`replicas\`, \`resources\` and the condition and limit of \`restart_policy\` under
\`deploy\`, and passes over the rest: there are no rolling updates, no rollbacks and no placement, and
restarts know neither \`delay\` nor \`window\`.

**Fires when** a project that \`docker stack deploy\` cannot run (it has conditions under \`depends_on\`, \`profiles\`,
\`extends\`, images that are only built …) has such keys. A
file that is called so (\`docker-stack.yml\`, \`compose.swarm.yaml\`) is judged as one for a Swarm.

**Fix** Remove them, or make a file for the Swarm of what it reads.

**Source** docker/compose, \`pkg/compose/create.go\`; docker/cli, \`cli/compose/types\` for what a Swarm reads.
`,
  check: (whole) =>
    perService(whole, function* (service, { files, isForCompose }) {
      if (!isForCompose || files.some(isCalledSwarm) || !isCertain(service, 'deploy')) return;
      const { deploy } = service;
      const policy = deploy.part('restart_policy');
      const ignored = [
        // What it is without the key needs no Swarm.
        ...SWARM_KEYS.filter(
          (key) => deploy.has(key) && deploy.scalar(key)?.value !== 'replicated',
        ),
        ...['delay', 'window']
          .filter((key) => policy.has(key))
          .map((key) => `restart_policy.${key}`),
      ];
      const [first] = ignored;
      const at =
        first && (first.includes('.') ? policy.keyAt(first.slice(15)) : deploy.keyAt(first));
      if (!at) return;
      yield {
        subject: subjectOf('deploy', service),
        message: `'docker compose up' passes over ${listed(ignored.map((key) => `'${key}'`))} of '${service.name}': only a Swarm reads ${ignored.length === 1 ? 'it' : 'them'}, and other keys here keep 'docker stack deploy' from running this project.`,
        at,
      };
    }),
};
