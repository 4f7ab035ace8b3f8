import type { Group } from '../../model/model.ts';
import { numberText, plural } from '../../text/words.ts';
import { formatPercent, formatRate } from '../../time/index.ts';
import { capacityOf } from '../facts/capacity.ts';
import { domainsOf } from '../facts/domains.ts';
import { loadOf } from '../facts/load.ts';
import type { Rule } from '../rule.ts';
import { actives, available, judgedGroups } from './group-facts.ts';

export const capacityAfterFailover: Rule<'busy'> = {
  id: 'capacity-after-failover',
  title: 'The rest of a group cannot carry the load of what may be lost',
  severity: 'warning',
  evidence: 'numbers',
  since: '0.1.0',
  parameters: {
    busy: {
      title: 'how busy the rest may be after a loss, as a share of its capacity',
      default: 0.8,
      minimum: 0,
      maximum: 1,
    },
  },
  documentation: `
When members are lost, the others take over their share. Members that are 60 % busy in each of three
zones are 90 % busy when one zone is lost, and in two zones they would be at 120 %: redundancy that
cannot carry the load only spreads the outage.

**Fires when** the traffic and the capacity of one member are written, and after the loss of the largest
zone (of one member where zones are not written), with standbys promoted as far as \`minHealthy\` asks
for, the rest would be more than 80 % busy (warning) or overloaded (error).

**Fix** Add members, or raise \`minHealthy\` so that standbys are promoted in time.

**Source** AWS, "Static stability using Availability Zones": three zones at no more than 66 %.
`,
  *check(model, { busy }) {
    const load = loadOf(model);
    for (const group of judgedGroups(model)) {
      const before = capacityOf(group);
      const arriving = load.least(group);
      if (!before || arriving === 0 || arriving > before.perSecond) continue;
      const loss = largestLoss(group);
      const after = capacityOf(group, loss.members);
      if (available(group) < 2 || !after) continue;
      const share = arriving / after.perSecond;
      if (share <= busy) continue;
      const isOver = share > 1;
      const enough = Math.ceil(arriving / (busy * before.written.value));
      const missing = enough - (actives(group).length - loss.members);
      yield {
        subject: `load of ${group.name}`,
        severity: isOver ? 'error' : 'warning',
        message: `After losing ${loss.text}, '${group.name}' can serve ${after.text}, and ${formatRate(arriving)} arrive: ${isOver ? `${numberText(share)} times what it can` : `it is ${formatPercent(share)} busy`}. Add ${plural(missing, 'active member')} to stay below ${formatPercent(busy)}.`,
        at: before.written.source.at,
      };
    }
  },
};

function largestLoss(group: Group) {
  const domains = domainsOf(group);
  if (domains.length < 2) return { members: 1, text: 'one member' };
  const largest = domains.reduce((a, b) => (b.members.length > a.members.length ? b : a));
  const { kind, members, name } = largest;
  return {
    members: members.length,
    text: `${kind} '${name}' with ${plural(members.length, 'member')}`,
  };
}
