import { formatDuration } from '../../../time/index.ts';
import { type Probe, verdictSeconds } from '../../cluster/probe.ts';
import type { FormatRule } from '../../format.ts';
import type { KubernetesWhole } from '../whole.ts';

export const k8sLivenessBeforeReadiness: FormatRule<KubernetesWhole> = {
  id: 'k8s-liveness-before-readiness',
  title: 'A pod is killed for what it should only be given a rest',
  severity: 'info',
  evidence: 'file',
  since: '0.1.0',
  documentation: `
A failing readiness probe takes a pod out of the service until it is well; a failing liveness probe kills
it. If both ask the same and liveness is no more patient, a pod that is only overloaded is killed, its
load falls on the others, and they are killed next.

**Fires when** both probes of a container ask the same question, and liveness gives up
(\`failureThreshold\` × \`periodSeconds\`) no later than readiness does; a warning if it gives up earlier.

**Fix** Let liveness ask for less, or be more patient: a higher \`failureThreshold\`.

**Source** Kubernetes documentation, "Configure Liveness, Readiness and Startup Probes": use a higher
failureThreshold for liveness where both ask the same.
`,
  *check({ cluster }) {
    for (const { workload } of cluster.workloads) {
      if (workload.unclear) continue;
      for (const { liveness, name, readiness } of workload.containers) {
        if (!liveness || !readiness || liveness.question !== readiness.question) continue;
        const after = verdictSeconds(liveness);
        const before = verdictSeconds(readiness);
        if (after > before) continue;
        yield {
          subject: `probes of ${liveness.at.file} ${liveness.at.start}`,
          severity: after < before ? 'warning' : 'info',
          message: `Container '${name}' of '${workload.resource.name}' is killed ${after < before ? 'before' : 'as soon as'} it would be taken out of service: liveness and readiness ask the same, and give up after ${spanText(liveness)} and ${spanText(readiness)}. Let liveness be more patient.`,
          at: liveness.at,
          related: [{ message: 'Readiness.', at: readiness.at }],
        };
      }
    }
  },
};

function spanText(probe: Probe): string {
  const { failureThreshold, periodSeconds } = probe;
  return `${failureThreshold.value} × ${periodSeconds.value}s = ${formatDuration(verdictSeconds(probe) * 1_000)}`;
}
