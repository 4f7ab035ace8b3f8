import { defaultNote } from '../../../model/source.ts';
import type { FormatRule } from '../../format.ts';
import type { KubernetesWhole } from '../whole.ts';

export const k8sProbeOutlastsPeriod: FormatRule<KubernetesWhole> = {
  id: 'k8s-probe-outlasts-period',
  title: 'A probe may take longer than the time to the next one',
  severity: 'info',
  evidence: 'file',
  since: '0.1.0',
  documentation: `
Probes of a container are made one after the other. One that hangs holds up the next, so that a hanging
program is noticed after \`failureThreshold\` × \`timeoutSeconds\`, not × \`periodSeconds\`.

**Fires when** \`timeoutSeconds\` is larger than \`periodSeconds\`.

**Fix** Shorten the timeout, or make probes less often.

**Source** Kubernetes, \`pkg/kubelet/prober/worker.go\`: one probe of a kind at a time.
`,
  *check({ cluster }) {
    for (const { workload } of cluster.workloads) {
      if (workload.unclear) continue;
      for (const container of workload.containers) {
        for (const kind of ['liveness', 'readiness', 'startup'] as const) {
          const probe = container[kind];
          if (!probe || probe.timeoutSeconds.value <= probe.periodSeconds.value) continue;
          const { failureThreshold, periodSeconds, timeoutSeconds } = probe;
          const seconds = failureThreshold.value * timeoutSeconds.value;
          yield {
            subject: `probe ${probe.at.file} ${probe.at.start}`,
            message: `When '${container.name}' hangs, its ${kind} probe says so after ${failureThreshold.value}${defaultNote(failureThreshold)} × ${timeoutSeconds.value}s = ${seconds}s: each one waits for its timeout, which is longer than the period of ${periodSeconds.value}s${defaultNote(periodSeconds)}. Shorten timeoutSeconds.`,
            at: timeoutSeconds.source.at,
          };
        }
      }
    }
  },
};
