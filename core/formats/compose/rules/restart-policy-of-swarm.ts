import { addKey } from '../../../rules/facts/setting-fix.ts';
import type { RuleFinding } from '../../../rules/rule.ts';
import type { FormatRule } from '../../format.ts';
import type { Project } from '../projects.ts';
import { type ComposeService, isCertain } from '../service.ts';
import type { ComposeWhole } from '../whole.ts';
import { perService, subjectOf } from './per-project.ts';

export const composeRestartPolicyOfSwarm: FormatRule<ComposeWhole> = {
  id: 'compose-restart-policy-of-swarm',
  title: 'A restart policy means something else to docker compose up',
  severity: 'warning',
  evidence: 'file',
  since: '0.1.0',
  documentation: `
\`deploy.restart_policy\` was made for a Swarm. \`docker compose up\` makes a policy of the engine of it, and
there two things are different. Without \`condition\`, a Swarm restarts always, and the engine never. And
only \`on-failure\` may have a limit: \`condition: any\` with \`max_attempts\` is refused when the container is
created.

**Fires when** a project that only Compose can run (it has conditions under \`depends_on\`,
\`profiles\`, \`extends\` …) has such a policy; says so as information where nobody can know which of the
two runs it, and nothing of projects for a Swarm.

**Fix** Write \`condition: on-failure\` where there is a limit; otherwise \`restart: unless-stopped\`.

**Source** docker/compose, \`getRestartPolicy\`; moby, \`ValidateRestartPolicy\`; docker/cli,
\`convertRestartPolicy\`.
`,
  check: (whole) => perService(whole, checkService),
};

function* checkService(
  service: ComposeService,
  { isForCompose, isForSwarm }: Project,
): Iterable<RuleFinding> {
  const { deploy, name, restart } = service;
  if (!deploy.has('restart_policy') || !isCertain(service, 'deploy')) return;
  if (isForSwarm && !isForCompose) return;
  const policy = deploy.part('restart_policy');
  const at = deploy.keyAt('restart_policy');
  const base = {
    subject: subjectOf('restart policy', service),
    ...(!isForCompose && { severity: 'info' as const }),
  };
  if (at && policy.exists && !policy.has('condition')) {
    yield {
      ...base,
      message: `'docker compose up' never starts '${name}' again: its restart_policy has no condition, which only a Swarm takes for 'any'. Write the condition.`,
      at,
      fixes: addKey('condition', policy.has('max_attempts') ? 'on-failure' : 'any', at),
    };
  }
  const { condition, maxAttempts } = restart ?? {};
  if (!condition || !maxAttempts || maxAttempts.value === 0) return;
  if (restart?.key !== 'deploy.restart_policy' || condition.value === 'on-failure') return;
  yield {
    ...base,
    message: `'docker compose up' cannot create '${name}': the engine accepts max_attempts with the condition 'on-failure' only, and here it is '${condition.value === 'always' ? 'any' : condition.value}'. Change the condition, or leave max_attempts out.`,
    at: maxAttempts.source.at,
    related: [{ message: 'The condition.', at: condition.source.at }],
    fixes: [
      {
        title: 'Set condition to on-failure',
        safe: false,
        changes: [{ kind: 'replace', at: condition.source.at, value: 'on-failure' }],
      },
      {
        title: 'Remove max_attempts',
        safe: false,
        changes: [{ kind: 'remove', at: maxAttempts.source.at }],
      },
    ],
  };
}
