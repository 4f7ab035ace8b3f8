import { defaultNote } from '../../../model/source.ts';
import type { FormatRule } from '../../format.ts';
import type { KubernetesWhole } from '../whole.ts';

export const k8sHpaRange: FormatRule<KubernetesWhole> = {
  id: 'k8s-hpa-range',
  title: 'An autoscaler has nothing to choose from',
  severity: 'warning',
  evidence: 'file',
  since: '0.1.0',
  documentation: `
Between \`minReplicas\` and \`maxReplicas\` lies what an autoscaler can do. Where they are equal, it does
nothing, and load that it was meant to take is not taken.

**Fires when** \`minReplicas\` is as large as \`maxReplicas\`; an error when it is larger, which Kubernetes
refuses.

**Fix** Raise \`maxReplicas\`.

**Source** Kubernetes API, \`HorizontalPodAutoscalerSpec\`: \`maxReplicas\` cannot be smaller.
`,
  *check({ cluster }) {
    for (const { maxReplicas, minReplicas, resource } of cluster.autoscalers) {
      if (!maxReplicas || resource.spec.unclear || minReplicas.value < maxReplicas.value) continue;
      const isRefused = minReplicas.value > maxReplicas.value;
      yield {
        subject: `autoscaler ${resource.at.file} ${resource.at.start}`,
        severity: isRefused ? 'error' : 'warning',
        message: `'${resource.name}' ${isRefused ? 'is refused: its fewest replicas' : 'never changes anything: its fewest replicas'}, ${minReplicas.value}${defaultNote(minReplicas)}, are ${isRefused ? 'more than' : 'also'} its most, ${maxReplicas.value}. Raise the most.`,
        at: maxReplicas.source.at,
      };
    }
  },
};
