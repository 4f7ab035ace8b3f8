import { trialsAtOnce } from '../../analysis/index.ts';
import type { Group, Model, Service } from '../../model/model.ts';
import { defaultNote } from '../../model/source.ts';
import { countText } from '../../text/words.ts';
import { formatRoughly } from '../../time/index.ts';
import { type CallSite, usesOf } from '../facts/calls.ts';
import { capacityOf } from '../facts/capacity.ts';
import { groupBehind } from '../facts/outage.ts';
import { addKey, setTo } from '../facts/setting-fix.ts';
import type { Rule } from '../rule.ts';

export const halfOpenFlood: Rule<'seconds'> = {
  id: 'half-open-flood',
  title: 'The trials of all instances come at once',
  severity: 'warning',
  evidence: 'numbers',
  since: '0.1.0',
  parameters: {
    seconds: {
      title: 'how much work may arrive at once, in seconds of the capacity of the callee',
      default: 0.5,
      minimum: 0,
    },
  },
  documentation: `
The breakers of all instances opened together, when the callee failed, so they go half-open together.
Each lets its trials through, and all of them arrive at the same moment at a callee that has just come
back.

**Fires when** instances × trials of a breaker is more than the callee can serve in half a second.

**Fix** Set \`halfOpenLimit: 1\`.

**Source** Azure Architecture Center, "Circuit Breaker pattern": half-open protects a recovering
service from being flooded.
`,
  *check(model, { seconds }) {
    for (const policy of model.breakers.values()) {
      if (policy.doubtful) continue;
      const trials = policy.halfOpenLimit ?? policy.successThreshold;
      for (const { callee, sites } of byCallee(usesOf(model).get(policy) ?? [])) {
        const callers = new Set(sites.map(({ caller }) => caller));
        const instances = [...callers].reduce((sum, one) => sum + one.instances.value, 0);
        const capacity = capacityBehind(model, callee);
        const atOnce = trialsAtOnce(instances, trials.value) ?? 0;
        if (!capacity || instances < 2 || atOnce <= seconds * capacity.perSecond) continue;
        yield {
          subject: `trials of ${policy.name}`,
          message: `When the breakers '${policy.name}' go half-open, ${countText(instances)} instances × ${trials.value}${defaultNote(trials)} trials = ${countText(atOnce)} requests reach '${callee.name}' at once, ${formatRoughly((1_000 * atOnce) / capacity.perSecond)} of work at ${capacity.text}. Set halfOpenLimit to 1${policy.halfOpenLimit ? '' : ' (it is successThreshold where it is not written)'}.`,
          at: trials.source.at,
          fixes: policy.halfOpenLimit
            ? setTo('halfOpenLimit', policy.halfOpenLimit, 1)
            : addKey('halfOpenLimit', 1, policy.nameAt),
        };
        break;
      }
    }
  },
};

function capacityBehind(model: Model, callee: Service | Group) {
  const node = groupBehind(model, callee) ?? callee;
  return capacityOf(node);
}

function byCallee(
  sites: readonly CallSite[],
): Iterable<{ readonly callee: Service | Group; readonly sites: readonly CallSite[] }> {
  const groups = new Map<Service | Group, { callee: Service | Group; sites: CallSite[] }>();
  for (const site of sites) {
    if (!site.callee) continue;
    const known = groups.get(site.callee);
    if (known) known.sites.push(site);
    else groups.set(site.callee, { callee: site.callee, sites: [site] });
  }
  return groups.values();
}
