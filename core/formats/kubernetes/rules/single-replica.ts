import { defaultNote } from '../../../model/source.ts';
import { setTo } from '../../../rules/facts/setting-fix.ts';
import type { FormatRule } from '../../format.ts';
import type { KubernetesWhole } from '../whole.ts';

export const k8sSingleReplica: FormatRule<KubernetesWhole> = {
  id: 'k8s-single-replica',
  title: 'Requests are answered by a single pod',
  severity: 'info',
  evidence: 'graph',
  since: '0.1.0',
  documentation: `
While the only pod restarts, moves to another node or is not ready, nobody answers. A second one makes of
an outage something that nobody notices.

**Fires when** a \`Service\` sends requests to a workload with one replica, or whose
\`HorizontalPodAutoscaler\` lets it down to one.

**Fix** Run two replicas, if the program can.

**Source** Kubernetes documentation, "Disruptions": replicate what has to stay available.
`,
  *check({ cluster }) {
    for (const { autoscalers, replicas, services, workload } of cluster.workloads) {
      const [service] = services;
      if (!service || replicas?.min !== 1) continue;
      const count = autoscalers[0]?.minReplicas ?? workload.replicas;
      const owner = autoscalers[0]?.resource ?? workload.resource;
      const key =
        owner.kind === 'ScaledObject'
          ? 'minReplicaCount'
          : autoscalers[0]
            ? 'minReplicas'
            : 'replicas';
      const base = {
        subject: `replicas of ${workload.resource.at.file} ${workload.resource.at.start}`,
        message: `Service '${service.resource.name}' has one pod of '${workload.resource.name}' behind it${replicas.max > 1 ? ' when little is going on' : ''}: ${key} is 1${defaultNote(count)}. While it restarts or moves, nobody answers. Run 2.`,
        at: count.source.at,
      };
      yield { ...base, fixes: count.source.kind === 'explicit' ? setTo(key, count, 2) : [] };
    }
  },
};
