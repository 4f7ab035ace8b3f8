import { placeId } from '../../model/place-id.ts';
import { formatRate } from '../../time/index.ts';
import { callSites, fallbackCallees } from '../facts/calls.ts';
import { capacityOf } from '../facts/capacity.ts';
import { loadOf } from '../facts/load.ts';
import { groupBehind } from '../facts/outage.ts';
import type { Rule } from '../rule.ts';

export const fallbackOverloadsTarget: Rule = {
  id: 'fallback-overloads-target',
  title: 'A fallback sends more than its target can serve',
  severity: 'warning',
  evidence: 'numbers',
  since: '0.1.0',
  documentation: `
When a callee fails, all of its traffic moves to the fallback at once, on top of what that serves
already. One that was never meant to carry it fails too, and takes its own callers along.

**Fires when** the traffic and the capacity of the fallback's target are written, and its usual load
with all calls of this kind is more than the capacity.

**Fix** Put a bulkhead or a rate limiter around the fallback's traffic, give it capacity, or fall back
on a cached answer.

**Source** AWS Builders' Library, "Avoiding fallback in distributed systems".
`,
  *check(model) {
    const load = loadOf(model);
    for (const site of callSites(model)) {
      const moving = load.leastCalls(site);
      for (const { callee, to } of fallbackCallees(model, site)) {
        const node = callee && (groupBehind(model, callee) ?? callee);
        const capacity = node && capacityOf(node);
        if (!callee || !node || !capacity || moving === 0) continue;
        const usual = load.least(node);
        if (usual > capacity.perSecond || usual + moving <= capacity.perSecond) continue;
        yield {
          subject: `fallback at ${placeId(to.source.at)}`,
          message: `When '${site.call.to.value}' fails, ${formatRate(moving)} move to '${callee.name}'${usual > 0 ? `, which serves ${formatRate(usual)} already` : ''}: more than its ${capacity.text}. Limit what falls back, add capacity, or fall back on a cached answer.`,
          at: to.source.at,
          related: [{ message: `The capacity of '${node.name}'.`, at: capacity.written.source.at }],
        };
      }
    }
  },
};
