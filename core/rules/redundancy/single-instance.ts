import { neededByTier } from '../../model/dependencies.ts';
import type { Fix } from '../../model/fix.ts';
import type { Group } from '../../model/model.ts';
import { formatPercent } from '../../time/index.ts';
import type { Rule } from '../rule.ts';
import { available, judgedGroups } from './group-facts.ts';
import { addMembers } from './group-fixes.ts';

export const singleInstance: Rule<'demandingAvailability'> = {
  id: 'single-instance',
  title: 'A group is a single instance',
  severity: 'warning',
  evidence: 'file',
  since: '0.1.0',
  parameters: {
    // From there on, the restarts of one instance use up what failures may cost.
    demandingAvailability: {
      title: 'from this objective for availability on it is an error, as a share',
      default: 0.999,
      minimum: 0,
      maximum: 1,
    },
  },
  absorbs: ['low-fault-tolerance-level', 'group-minimum-missing', 'hidden-single-point-of-failure'],
  documentation: `
A single instance cannot be restarted, patched or moved without an outage, and it cannot fail over.

**Fires when** a group has exactly one member. It is an error when a tier-1 service needs the group
(runs on it, or reaches it through calls without a fallback), or when the objective for availability
is 99.9 % or more; else a warning.

**Fix** Add a second member, in another zone. Where one instance is meant (a leader, a cron job),
write \`singleton: true\`.

**Source** Google SRE; kube-score "deployment replicas"; Azure Proactive Resiliency Library.
`,
  *check(model, { demandingAvailability }) {
    const tiers = neededByTier(model);
    const objective = model.objectives.availability;
    const demanding = objective !== undefined && objective.value >= demandingAvailability;
    for (const group of judgedGroups(model)) {
      if (available(group) !== 1) continue;
      const critical = tiers.get(group.name) === 1;
      const why = critical
        ? ' A tier-1 service needs it.'
        : demanding
          ? ` The objective is ${formatPercent(objective.value)}.`
          : '';
      yield {
        subject: group.name,
        severity: critical || demanding ? 'error' : 'warning',
        message: `'${group.name}' runs as a single instance: every restart or failure of it is an outage.${why} Add a second member in another zone, or write 'singleton: true' if one is meant.`,
        at: group.nameAt,
        fixes: [addMembers(model, group, 'active', 1), declareSingleton(group)].filter(
          (fix) => fix !== undefined,
        ),
      };
    }
  },
};

function declareSingleton({ nameAt }: Group): Fix {
  return {
    title: "Say that it is one on purpose: 'singleton: true'",
    safe: false,
    changes: [{ kind: 'put', owner: nameAt, key: 'singleton', value: true }],
  };
}
