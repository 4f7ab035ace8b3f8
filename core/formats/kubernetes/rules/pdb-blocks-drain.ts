import type { Sourced } from '../../../model/source.ts';
import { defaultNote } from '../../../model/source.ts';
import { plural } from '../../../text/words.ts';
import { type Amount, amountText, podsOf } from '../../cluster/amount.ts';
import type { JoinedWorkload } from '../../cluster/cluster.ts';
import type { DisruptionBudget } from '../../cluster/policies.ts';
import type { FormatRule } from '../../format.ts';
import { disruptionsOf, type KubernetesWhole } from '../whole.ts';

export const k8sPdbBlocksDrain: FormatRule<KubernetesWhole> = {
  id: 'k8s-pdb-blocks-drain',
  title: 'A disruption budget allows no disruption',
  severity: 'warning',
  evidence: 'graph',
  since: '0.1.0',
  documentation: `
A \`PodDisruptionBudget\` says how many pods may be missing while a node is drained. One that allows none
does not keep the pods running: it keeps the node from being drained, so that upgrades of the cluster
hang, or go on by force and take the pods down without any order.

**Fires when** \`minAvailable\` is as many pods as there are (the fewest of its \`HorizontalPodAutoscaler\`,
if it has one), or \`maxUnavailable\` is 0. Shares count as Kubernetes rounds them: up.

**Fix** Allow one: \`maxUnavailable: 1\`. With a single replica, add one.

**Source** Kubernetes documentation, "Specifying a Disruption Budget": such a budget "can block node
drains indefinitely".
`,
  *check({ cluster }) {
    for (const joined of cluster.workloads) {
      const { budgets, replicas } = joined;
      for (const budget of budgets) {
        const limit = budget.minAvailable ?? budget.maxUnavailable;
        if (!replicas || !limit || replicas.min === 0 || budget.resource.spec.unclear) continue;
        if (budget.minAvailable && budget.maxUnavailable) continue;
        if (disruptionsOf(budget, replicas.min) !== 0) continue;
        yield {
          subject: `budget ${budget.resource.at.file} ${budget.resource.at.start}`,
          message: `No pod of '${joined.workload.resource.name}' may be evicted${when(joined, budget)}: ${reason(budget, replicas.min)}. A node that runs one cannot be drained. ${advice(replicas.min)}.`,
          at: limit.source.at,
          related: countPlace(joined).map((at) => ({ message: 'Its replicas.', at })),
          fixes: fixes(budget, limit, replicas.min),
        };
      }
    }
  },
};

/** A scaled workload may have more pods at other times. */
function when({ replicas }: JoinedWorkload, budget: DisruptionBudget): string {
  const isAlways = !replicas || disruptionsOf(budget, replicas.max) === 0;
  return isAlways ? '' : ` while there are ${replicas.min}`;
}

function reason({ maxUnavailable, minAvailable }: DisruptionBudget, replicas: number): string {
  if (maxUnavailable) return `maxUnavailable is ${amountText(maxUnavailable.value)}`;
  const pods = minAvailable ? podsOf(minAvailable.value, replicas, 'up') : 0;
  const written = minAvailable ? amountText(minAvailable.value) : '';
  const rounded = written === String(pods) ? '' : `, which is ${pods} of ${replicas}`;
  return `minAvailable is ${written}${rounded}, and there ${replicas === 1 ? 'is' : 'are'} ${plural(replicas, 'replica')}`;
}

function advice(replicas: number): string {
  return replicas === 1
    ? 'Run two replicas, or remove the budget'
    : 'Allow one pod to be missing: maxUnavailable 1';
}

function countPlace({ autoscalers, workload }: JoinedWorkload) {
  const counted = autoscalers[0]?.minReplicas ?? workload.replicas;
  return defaultNote(counted) === '' ? [counted.source.at] : [];
}

function fixes(
  { maxUnavailable, minAvailable }: DisruptionBudget,
  limit: Sourced<Amount>,
  replicas: number,
) {
  if (replicas === 1) return [];
  const value = maxUnavailable ? 1 : replicas - 1;
  const key = minAvailable ? 'minAvailable' : 'maxUnavailable';
  return [
    {
      title: `Set ${key} to ${value}`,
      safe: false,
      changes: [{ kind: 'replace' as const, at: limit.source.at, value }],
    },
  ];
}
