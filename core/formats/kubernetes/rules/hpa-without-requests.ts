import type { FormatRule } from '../../format.ts';
import type { KubernetesWhole } from '../whole.ts';

export const k8sHpaWithoutRequests: FormatRule<KubernetesWhole> = {
  id: 'k8s-hpa-without-requests',
  title: 'An autoscaler holds use against requests that there are not',
  severity: 'warning',
  evidence: 'graph',
  since: '0.1.0',
  documentation: `
A target of the type \`Utilization\` is a share of what containers request. If one container of the pod
requests nothing, there is no share, and the autoscaler does nothing by that metric.

**Fires when** a container of a scaled workload has neither a request nor a limit of the resource that
the autoscaler looks at.

**Fix** Add \`resources.requests\`. (A \`LimitRange\` of the namespace may add one too.)

**Source** Kubernetes documentation, "Horizontal Pod Autoscaling: algorithm details".
`,
  *check({ cluster }) {
    for (const { autoscalers, workload } of cluster.workloads) {
      if (workload.unclear) continue;
      for (const { resource, utilization } of autoscalers) {
        for (const { at, resource: wanted } of utilization) {
          const without = workload.containers.find(({ requests }) => !requests.has(wanted));
          if (!without) continue;
          yield {
            subject: `metric at ${at.file} ${at.start}`,
            message: `'${resource.name}' cannot scale '${workload.resource.name}' by ${wanted}: container '${without.name}' requests none, so there is nothing to take a share of. Add resources.requests.${wanted} to it.`,
            at,
            related: [{ message: `The container '${without.name}'.`, at: without.at }],
          };
        }
      }
    }
  },
};
