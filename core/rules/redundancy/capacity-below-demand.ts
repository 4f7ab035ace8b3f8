import type { Model } from '../../model/model.ts';
import { formatPercent, formatRate } from '../../time/index.ts';
import { capacityOf } from '../facts/capacity.ts';
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
  },
};

/** Where traffic comes in, when it does so in one place. */
function fromText(model: Model, name: string): string {
  const entries = [...model.services.values()].filter(({ ratePerSecond }) => ratePerSecond);
  const [first, second] = entries;
  return first && !second && first.name !== name ? ` (from the traffic of '${first.name}')` : '';
}
