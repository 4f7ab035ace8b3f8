import type { FormatRule } from '../../format.ts';
import type { KubernetesWhole } from '../whole.ts';

export const k8sPdbContradictsItself: FormatRule<KubernetesWhole> = {
  id: 'k8s-pdb-contradicts-itself',
  title: 'A disruption budget says both how many must stay and how many may go',
  severity: 'error',
  evidence: 'file',
  since: '0.1.0',
  documentation: `
A \`PodDisruptionBudget\` has either \`minAvailable\` or \`maxUnavailable\`. One with both is not accepted, and
protects nothing.

**Fires when** a budget has both.

**Fix** Remove one of them.

**Source** Kubernetes API, \`PodDisruptionBudgetSpec\`: the two are mutually exclusive.
`,
  *check({ cluster }) {
    for (const { maxUnavailable, minAvailable, resource } of cluster.budgets) {
      if (!maxUnavailable || !minAvailable) continue;
      yield {
        subject: `budget ${resource.at.file} ${resource.at.start}`,
        message: `Kubernetes accepts either minAvailable or maxUnavailable, so '${resource.name}' is refused. Remove one.`,
        at: maxUnavailable.source.at,
        related: [{ message: 'The other one.', at: minAvailable.source.at }],
      };
    }
  },
};
