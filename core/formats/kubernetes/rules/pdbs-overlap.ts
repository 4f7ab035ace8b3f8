import type { FormatRule } from '../../format.ts';
import type { KubernetesWhole } from '../whole.ts';

export const k8sPdbsOverlap: FormatRule<KubernetesWhole> = {
  id: 'k8s-pdbs-overlap',
  title: 'Two disruption budgets are of the same pods',
  severity: 'warning',
  evidence: 'graph',
  since: '0.1.0',
  documentation: `
A pod that two budgets select cannot be evicted at all: the request fails, whatever the budgets allow. A
node with such a pod cannot be drained.

**Fires when** the selectors of two budgets of one namespace select the pods of one workload.

**Fix** Make the selectors narrower, or remove one of the budgets.

**Source** Kubernetes, \`pkg/registry/core/pod/rest/eviction.go\`: a pod with more than one budget.
`,
  *check({ cluster }) {
    for (const { budgets, workload } of cluster.workloads) {
      const [first, second] = budgets;
      if (!first || !second) continue;
      // The same budget of two environments is one of each.
      if (first.resource.namespace !== second.resource.namespace) continue;
      if (first.resource.name === second.resource.name) continue;
      yield {
        subject: `budgets of ${workload.resource.at.file} ${workload.resource.at.start}`,
        message: `Pods of '${workload.resource.name}' are of two disruption budgets, '${first.resource.name}' and '${second.resource.name}', so none of them can be evicted. Select them by one only.`,
        at: second.resource.nameAt,
        related: [
          { message: 'The other budget.', at: first.resource.nameAt },
          { message: 'The pods.', at: workload.resource.nameAt },
        ],
      };
    }
  },
};
