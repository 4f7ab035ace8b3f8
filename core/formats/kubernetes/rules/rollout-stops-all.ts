import { defaultNote } from '../../../model/source.ts';
import { amountText, podsOf } from '../../cluster/amount.ts';
import type { FormatRule } from '../../format.ts';
import type { KubernetesWhole } from '../whole.ts';

export const k8sRolloutStopsAll: FormatRule<KubernetesWhole> = {
  id: 'k8s-rollout-stops-all',
  title: 'A release may stop all pods at once',
  severity: 'warning',
  evidence: 'graph',
  since: '0.1.0',
  documentation: `
\`maxUnavailable\` of a rolling update is how many pods may be missing while new ones come up. If that is
all of them, nobody answers during each release, for as long as a pod takes to become ready.

**Fires when** a \`Service\` sends requests to a \`Deployment\` whose written \`maxUnavailable\` is as many pods
as it has (shares are rounded down), or whose \`strategy\` is \`Recreate\` (information, for that may have a
reason: a volume that only one pod can use).

**Fix** Set \`maxUnavailable\` to 0, so that a new pod is ready before an old one goes.

**Source** Kubernetes documentation, "Deployments: rolling update deployment".
`,
  *check({ cluster }) {
    for (const { replicas, services, workload } of cluster.workloads) {
      const [service] = services;
      const { kind, resource, strategy } = workload;
      if (kind !== 'Deployment' || !service || !replicas || workload.unclear) continue;
      const base = {
        subject: `release of ${resource.at.file} ${resource.at.start}`,
        related: [{ message: 'The service.', at: service.resource.nameAt }],
      };
      const { maxUnavailable, type } = strategy;
      const missing = podsOf(maxUnavailable.value, replicas.min, 'down');
      if (type.value === 'Recreate') {
        yield {
          ...base,
          severity: 'info',
          message: `Each release stops every pod of '${resource.name}' before the first new one starts: its strategy is Recreate. Until that is ready, nobody answers for '${service.resource.name}'.`,
          at: type.source.at,
        };
      } else if (
        missing >= replicas.min &&
        replicas.min > 0 &&
        maxUnavailable.source.kind === 'explicit'
      ) {
        yield {
          ...base,
          message: `Each release may stop ${replicas.min === 1 ? 'the only replica' : `all of the ${replicas.min} replicas`} of '${resource.name}' before a new one is ready: maxUnavailable is ${amountText(maxUnavailable.value)}${defaultNote(maxUnavailable)}. Set it to 0.`,
          at: maxUnavailable.source.at,
          fixes: [
            {
              title: 'Set maxUnavailable to 0',
              safe: false,
              changes: [{ kind: 'replace', at: maxUnavailable.source.at, value: 0 }],
            },
          ],
        };
      }
    }
  },
};
