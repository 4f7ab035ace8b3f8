import { defaultNote } from '../../../model/source.ts';
import type { RuleFinding } from '../../../rules/rule.ts';
import type { FormatRule } from '../../format.ts';
import type { Project } from '../projects.ts';
import { isCertain } from '../service.ts';
import type { ComposeWhole } from '../whole.ts';
import { perProject, subjectOf } from './per-project.ts';

export const composeOneNameForSeveral: FormatRule<ComposeWhole> = {
  id: 'compose-one-name-for-several',
  title: 'Several containers are to have one name',
  severity: 'error',
  evidence: 'graph',
  since: '0.1.0',
  documentation: `
A name is that of one container, so Compose refuses a service with \`container_name\` and more than one
replica, and a Swarm passes over the name.

**Fires when** a service has \`container_name\` and \`scale\` or \`deploy.replicas\` above 1. A warning where the
project is for a Swarm too.

**Fix** Remove \`container_name\`.

**Source** compose-go, \`loader/validate.go\`: \`checkConsistency\`.
`,
  check: (whole) => perProject(whole, checkProject),
};

function* checkProject({ isForSwarm, services }: Project): Iterable<RuleFinding> {
  for (const service of services.values()) {
    const { fields, name, replicas } = service;
    const at = fields.keyAt('container_name');
    if (!at || !replicas || replicas.value <= 1) continue;
    if (!isCertain(service, 'container_name') || !isCertain(service, 'deploy')) continue;
    if (!isCertain(service, 'scale')) continue;
    yield {
      subject: subjectOf('container name', service),
      ...(isForSwarm && { severity: 'warning' as const }),
      message: `Docker Compose refuses this: '${name}' has ${replicas.value}${defaultNote(replicas)} replicas, and a container_name is that of one container. Remove container_name.`,
      at,
      related: [{ message: 'Its replicas.', at: replicas.source.at }],
      fixes: [{ title: 'Remove container_name', safe: false, changes: [{ kind: 'remove', at }] }],
    };
  }
}
