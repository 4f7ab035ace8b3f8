import type { Model, Service } from '../../model/model.ts';
import { plural } from '../../text/words.ts';
import { formatDuration, formatPercent, formatRate } from '../../time/index.ts';
import { capacityOf, servingMembers } from '../facts/capacity.ts';
import { loadOf } from '../facts/load.ts';
import type { Rule } from '../rule.ts';

export const capacityBelowDemand: Rule = {
  id: 'capacity-below-demand',
  title: 'More requests arrive than can be served',
  severity: 'error',
  evidence: 'numbers',
  since: '0.1.0',
  absorbs: ['capacity-after-failover', 'retry-sustains-overload'],
  documentation: `
What arrives faster than it can be served waits, and the line grows without end: latency first, then
timeouts, then retries that make it worse.

**Fires when** the traffic and the capacity are written, and more requests certainly arrive at a service
or a group than it can serve, while nothing fails. Retries and what is not written are not counted. It
is a warning where pools, limits or breakers on the way can hold back what is too much.

With a \`contention\` of c a request takes s + c × those in progress, of which there are λ times what one
takes: s ÷ (1 − λ c) on average (PASTA and Little's law). From λ = 1 ÷ c on, at each member, it never ends.

**Fix** Add members or capacity, or make fewer calls: with a cache, for example.
`,
  *check(model) {
    const load = loadOf(model);
    for (const node of [...model.groups.values(), ...model.services.values()]) {
      const capacity = node.doubtful ? undefined : capacityOf(node);
      const arriving = load.least(node);
      if (!capacity || arriving <= capacity.perSecond) continue;
      const isBounded = 'bulkhead' in node || load.unguarded(node) <= capacity.perSecond;
      const share = formatPercent(1 - capacity.perSecond / arriving);
      const fate = isBounded
        ? `at least ${share} of them cannot be served, always`
        : 'the line of those who wait grows without end';
      yield {
        subject: `load of ${node.name}`,
        severity: isBounded ? 'warning' : 'error',
        message: `${formatRate(arriving)} arrive at '${node.name}' while nothing is wrong${fromText(model, node.name)}, and it can serve ${capacity.text}: ${fate}. Add capacity, or make fewer calls.`,
        at: capacity.written.source.at,
      };
    }
    for (const service of model.services.values()) {
      const arriving = load.least(service);
      const limit = service.doubtful ? undefined : contentionLimit(model, service);
      if (!limit || arriving < limit.perSecond) continue;
      const { contention, perSecond, text } = limit;
      yield {
        subject: `contention of ${service.name}`,
        severity: service.bulkhead || load.unguarded(service) < perSecond ? 'warning' : 'error',
        message: `${formatRate(arriving)} arrive at '${service.name}' while nothing is wrong${fromText(model, service.name)}, and as each makes the others take ${formatDuration(contention.value)} longer, it cannot keep up with ${text} or more: ever more are in progress. Make it contend less, or make fewer calls.`,
        at: contention.source.at,
      };
    }
  },
};

/** Above what rate the requests in progress at a service slow each other down without end. */
function contentionLimit(model: Model, { contentionMs, runsOn }: Service) {
  if (!contentionMs || contentionMs.value === 0) return undefined;
  const group = runsOn && model.groups.get(runsOn.value);
  if (runsOn && !group) return undefined;
  const members = group ? servingMembers(group) : 1;
  const each = 1000 / contentionMs.value;
  const perSecond = members * each;
  const one = `1 ÷ ${formatDuration(contentionMs.value)}`;
  const times = members === 1 ? one : `${plural(members, 'member')} × ${one}`;
  return { contention: contentionMs, perSecond, text: `${times} = ${formatRate(perSecond)}` };
}

/** Where traffic comes in, when it does so in one place. */
function fromText(model: Model, name: string): string {
  const entries = [...model.services.values()].filter(({ ratePerSecond }) => ratePerSecond);
  const [first, second] = entries;
  return first && !second && first.name !== name ? ` (from the traffic of '${first.name}')` : '';
}
