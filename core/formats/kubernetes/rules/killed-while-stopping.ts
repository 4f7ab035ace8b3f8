import { defaultAside } from '../../../model/source.ts';
import type { FormatRule } from '../../format.ts';
import type { KubernetesWhole } from '../whole.ts';

export const k8sKilledWhileStopping: FormatRule<KubernetesWhole> = {
  id: 'k8s-killed-while-stopping',
  title: 'A pod is killed before it is told to stop',
  severity: 'warning',
  evidence: 'file',
  since: '0.1.0',
  documentation: `
The time of \`terminationGracePeriodSeconds\` begins with the \`preStop\` hook. If the hook takes all of it,
the program gets its signal and is killed about two seconds later, with all requests that it works on.

**Fires when** a \`preStop\` hook sleeps for as long as the grace period, or longer.

**Fix** Make the grace period as long as the hook and the slowest request together.

**Source** Kubernetes documentation, "Pod Lifecycle: termination of Pods".
`,
  *check({ cluster }) {
    for (const { workload } of cluster.workloads) {
      const { containers, graceSeconds, unclear } = workload;
      for (const { name, preStopSeconds } of unclear ? [] : containers) {
        if (!preStopSeconds || preStopSeconds.value < graceSeconds.value) continue;
        yield {
          subject: `stop of ${preStopSeconds.source.at.file} ${preStopSeconds.source.at.start}`,
          message: `Container '${name}' has no time to finish its requests: its preStop hook sleeps ${preStopSeconds.value}s, and after ${graceSeconds.value}s (terminationGracePeriodSeconds${defaultAside(graceSeconds)}) it is killed. Make that longer.`,
          at: preStopSeconds.source.at,
          related:
            graceSeconds.source.kind === 'explicit'
              ? [{ message: 'The grace period.', at: graceSeconds.source.at }]
              : [],
        };
      }
    }
  },
};
