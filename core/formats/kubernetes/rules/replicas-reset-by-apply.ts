import type { FormatRule } from '../../format.ts';
import type { KubernetesWhole } from '../whole.ts';

export const k8sReplicasResetByApply: FormatRule<KubernetesWhole> = {
  id: 'k8s-replicas-reset-by-apply',
  title: 'Each release undoes what the autoscaler did',
  severity: 'info',
  evidence: 'graph',
  since: '0.1.0',
  documentation: `
Applying a manifest with \`replicas\` sets the number of pods to it, however many the autoscaler found to
be needed: a release under load takes pods away until they have been added again.

**Fires when** a workload that a \`HorizontalPodAutoscaler\` scales has \`replicas\` too.

**Fix** Remove \`replicas\`; the first time, see to it that the pods do not go down to one.

**Source** Kubernetes documentation, "Horizontal Pod Autoscaling: migrating Deployments and StatefulSets
to horizontal autoscaling".
`,
  *check({ cluster }) {
    for (const { autoscalers, workload } of cluster.workloads) {
      const [autoscaler] = autoscalers;
      const { replicas, resource } = workload;
      if (!autoscaler || replicas.source.kind !== 'explicit') continue;
      // Scaling to nothing switches the autoscaler off, which is meant.
      if (replicas.value === 0) continue;
      yield {
        subject: `replicas ${resource.at.file} ${resource.at.start}`,
        message: `Each time that this is applied, '${resource.name}' has ${replicas.value} replicas again, however many '${autoscaler.resource.name}' found to be needed (up to ${autoscaler.maxReplicas?.value ?? 'its maximum'}). Remove replicas.`,
        at: replicas.source.at,
        related: [{ message: 'The autoscaler.', at: autoscaler.resource.nameAt }],
        fixes: [
          {
            title: 'Remove replicas',
            safe: false,
            changes: [{ kind: 'remove', at: replicas.source.at }],
          },
        ],
      };
    }
  },
};
