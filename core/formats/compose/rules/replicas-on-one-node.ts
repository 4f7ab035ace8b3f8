import type { FormatRule } from '../../format.ts';
import { isCertain } from '../service.ts';
import type { ComposeWhole } from '../whole.ts';
import { perService, subjectOf } from './per-project.ts';

export const composeReplicasOnOneNode: FormatRule<ComposeWhole> = {
  id: 'compose-replicas-on-one-node',
  title: 'All replicas are put on one node',
  severity: 'info',
  evidence: 'file',
  since: '0.1.0',
  documentation: `
A constraint on the name or the id of a node leaves one node to choose from: all replicas run there, and
all of them are gone when it fails. They share its load, but they do not stand in for one another.

**Fires when** a service with more than one replica has such a constraint under \`placement\`.

**Fix** Put a label on several nodes and ask for that, or spread over a label with \`preferences\`.

**Source** Compose Deploy Specification, \`placement\`; Docker documentation, \`docker service create\`.
`,
  check: (whole) =>
    perService(whole, function* (service) {
      const { deploy, name, replicas } = service;
      if (!replicas || replicas.value <= 1 || !isCertain(service, 'deploy')) return;
      const one = deploy
        .part('placement')
        .items('constraints')
        .find(({ node }) => {
          return (
            node?.kind === 'scalar' &&
            /^node\.(?:hostname|id)\s*==\s*[^\s$]/.test(String(node.value))
          );
        });
      if (!one) return;
      yield {
        subject: subjectOf('placement', service),
        message: `All ${replicas.value} replicas of '${name}' are on one node, and gone when it fails: this constraint leaves no other. Ask for a label that several nodes have.`,
        at: one.at,
        related: [{ message: 'Its replicas.', at: replicas.source.at }],
      };
    }),
};
