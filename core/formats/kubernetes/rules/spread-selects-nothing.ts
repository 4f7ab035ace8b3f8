import { selects } from '../../cluster/resource.ts';
import type { FormatRule } from '../../format.ts';
import type { KubernetesWhole } from '../whole.ts';

export const k8sSpreadSelectsNothing: FormatRule<KubernetesWhole> = {
  id: 'k8s-spread-selects-nothing',
  title: 'Pods are spread by others, not by each other',
  severity: 'warning',
  evidence: 'file',
  since: '0.1.0',
  documentation: `
\`topologySpreadConstraints\` spread pods by how many of those that their \`labelSelector\` selects are in
each place. If it does not select the workload's own pods, all of them may still be on one node.

**Fires when** none of the constraints of a workload selects the labels of its own pods.

**Fix** Select the labels of the pod template.

**Source** Kubernetes documentation, "Pod Topology Spread Constraints": pods that do not match their own
selector.
`,
  *check({ cluster }) {
    for (const { workload } of cluster.workloads) {
      const { podLabels, resource, spread, unclear } = workload;
      if (unclear || !podLabels || spread.length === 0) continue;
      const isKnown = spread.every(({ selector }) => selector !== undefined);
      if (!isKnown || spread.some(({ selector }) => selector && selects(selector, podLabels)))
        continue;
      const [first] = spread;
      const [key, value] =
        [...(first?.selector ?? [])].find(([k, v]) => podLabels.get(k) !== v) ?? [];
      if (!first || key === undefined) continue;
      const own = podLabels.get(key);
      yield {
        subject: `spread of ${resource.at.file} ${resource.at.start}`,
        message: `This does not spread the pods of '${resource.name}': it counts those with ${key}: ${value}, and their ${own === undefined ? `labels have no ${key}` : `${key} is ${own}`}. Select their own labels.`,
        at: first.at,
      };
    }
  },
};
