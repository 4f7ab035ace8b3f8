import { retryStorm } from '../../analysis/index.ts';
import { formatPercent, formatRate } from '../../time/index.ts';
import { layersOf, multiplierOf } from '../facts/amplification.ts';
import { attemptsOf, type CallSite, callSites } from '../facts/calls.ts';
import { capacityOf } from '../facts/capacity.ts';
import { loadOf } from '../facts/load.ts';
import type { Node } from '../facts/order.ts';
import { groupBehind } from '../facts/outage.ts';
import type { Rule } from '../rule.ts';

export const retrySustainsOverload: Rule = {
  id: 'retry-sustains-overload',
  title: 'Once overloaded, a callee is kept so by its retries',
  severity: 'warning',
  evidence: 'numbers',
  since: '0.1.0',
  absorbs: ['retry-amplification', 'retry-budget-missing'],
  documentation: `
A callee that is overloaded for a moment fails requests, which are retried, which is more load. When the
load with all retries is more than it can serve, it stays overloaded after the cause has gone, until the
traffic falls far below what it normally carries.

**Fires when** the traffic and the callee's capacity are written, the traffic alone is within the
capacity and all tries together are not, and nothing cuts them off: no circuit breaker, bulkhead,
limiter or cache at the calls. Failed tries are taken to cost as much as others, as those do that time
out after the work is done.

**Fix** Give the policy the budget that the message names, or a circuit breaker to the call.

**Source** Bronson et al., "Metastable Failures in Distributed Systems" (HotOS 2021).
`,
  *check(model) {
    const load = loadOf(model);
    const told = new Set<Node>();
    for (const site of callSites(model)) {
      const { callee } = site;
      const node = callee && (groupBehind(model, callee) ?? callee);
      const capacity = node && capacityOf(node);
      if (!node || !capacity || told.has(node) || !isRetried(site)) continue;
      const usual = load.least(node);
      const failing = load.failing(node);
      if (usual === 0 || failing <= usual) continue;
      const storm = retryStorm(usual, capacity.perSecond, failing / usual);
      if (storm?.region !== 'vulnerable') continue;
      told.add(node);
      const path = [...layersOf(model).pathTo(site.caller), site];
      const retrying = path.filter((one) => multiplierOf(one).times > 1).length;
      yield {
        subject: site.retry ? `retry ${site.retry.name}` : site.subject,
        message: `Once '${node.name}' is overloaded, its retries keep it so: ${formatRate(usual)} become ${formatRate(failing)} when they fail, and it can serve ${capacity.text}. It comes back only below ${formatRate(storm.hiddenCapacityPerSecond)}. ${advice(capacity.perSecond / usual, retrying)}`,
        at: (site.call.retry ?? site.call.to).source.at,
        related: [{ message: `The capacity of '${node.name}'.`, at: capacity.written.source.at }],
      };
    }
  },
};

function isRetried(site: CallSite): boolean {
  return attemptsOf(site) > 1;
}

/** Beyond, a budget allows more than anybody needs. */
const LARGEST_BUDGET = 0.2;

/** @param room how many times the traffic the callee can serve */
function advice(room: number, layers: number): string {
  const budget = Math.min(LARGEST_BUDGET, room ** (1 / layers) - 1);
  if (budget < 0.01) return 'Give the call a circuit breaker, or the callee more capacity.';
  const share = formatPercent(budget, 0);
  return layers === 1
    ? `Give the retries a budget of ${share}, or the call a circuit breaker.`
    : `Give the retries of ${layers === 2 ? 'both' : `all ${layers}`} layers a budget of ${share} each, or retry at one of them only.`;
}
