import type { FormatRule } from '../../format.ts';
import { isCertain } from '../service.ts';
import type { ComposeWhole } from '../whole.ts';
import { perService, subjectOf } from './per-project.ts';

export const composeRestartWrittenTwice: FormatRule<ComposeWhole> = {
  id: 'compose-restart-written-twice',
  title: 'A restart policy is overruled by another one',
  severity: 'warning',
  evidence: 'file',
  since: '0.1.0',
  documentation: `
Where a service has both \`restart\` and \`deploy.restart_policy\`, Compose and a Swarm take the latter.

**Fires when** both are written and say different things.

**Fix** Remove \`restart\`, or the other one.

**Source** Compose specification, \`deploy.restart_policy\`: \`restart\` counts where it is not set.
`,
  check: (whole) =>
    perService(whole, function* (service) {
      const { deploy, fields, name, restart } = service;
      const own = fields.scalar('restart');
      const at = fields.keyAt('restart');
      if (!own || !at || restart?.key !== 'deploy.restart_policy') return;
      if (!isCertain(service, 'restart') || !isCertain(service, 'deploy')) return;
      const { condition } = restart;
      // A Swarm does not know that somebody has stopped a container.
      const isSame =
        own.value.split(':')[0] === condition.value ||
        (own.value === 'unless-stopped' && condition.value === 'always');
      const policyAt = deploy.keyAt('restart_policy');
      if (isSame || !policyAt) return;
      yield {
        subject: subjectOf('restart', service),
        message: `'restart: ${own.value}' of '${name}' has no effect: its deploy.restart_policy counts, whose condition is '${deploy.part('restart_policy').scalar('condition')?.value ?? condition.value}'. Remove one of them.`,
        at,
        related: [{ message: 'The policy that counts.', at: policyAt }],
        unnecessary: true,
        fixes: [{ title: 'Remove restart', safe: false, changes: [{ kind: 'remove', at }] }],
      };
    }),
};
