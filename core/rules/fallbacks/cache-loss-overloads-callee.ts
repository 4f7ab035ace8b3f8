import { formatRate } from '../../time/index.ts';
import { callSites, isOutside } from '../facts/calls.ts';
import { capacityOf } from '../facts/capacity.ts';
import { loadOf } from '../facts/load.ts';
import { groupBehind } from '../facts/outage.ts';
import type { Rule } from '../rule.ts';

export const cacheLossOverloadsCallee: Rule = {
  id: 'cache-loss-overloads-callee',
  title: 'A callee can only carry its load while a cache is warm',
  severity: 'warning',
  evidence: 'numbers',
  since: '0.1.0',
  documentation: `
A cache that takes nine requests in ten makes a callee look ten times as large as it is. After a restart
the cache is empty, everything reaches the callee, it is overloaded, and the cache never fills.

**Fires when** the traffic and the callee's capacity are written, and the calls behind a \`cache\` would
be more than the capacity without it.

**Fix** Give the callee capacity, or let no more through than it can serve: a bulkhead, a rate limiter
or a concurrency limit inside the cache.

**Source** Bronson et al., "Metastable Failures in Distributed Systems" (HotOS 2021): look-aside cache.
`,
  *check(model) {
    const load = loadOf(model);
    for (const site of callSites(model)) {
      const { bulkhead, call, callee, caller, concurrencyLimit, rateLimiter, subject } = site;
      if (!call.cache || call.cache.maxAgeMs.value === 0 || !callee) continue;
      const guards = [
        bulkhead && isOutside(call, 'cache', 'bulkhead'),
        rateLimiter && isOutside(call, 'cache', 'rateLimiter'),
        concurrencyLimit && isOutside(call, 'cache', 'concurrencyLimit'),
      ];
      const node = groupBehind(model, callee) ?? callee;
      const capacity = capacityOf(node);
      if (guards.some(Boolean) || !capacity) continue;
      const others = load.least(node);
      const behind = load.least(caller) * (1 - caller.errorRate.value);
      if (others > capacity.perSecond || others + behind <= capacity.perSecond) continue;
      yield {
        subject,
        message: `While the cache of ${site.text} is empty, up to ${formatRate(behind)} reach '${callee.name}'${others > 0 ? `, besides ${formatRate(others)} of others` : ''}: more than its ${capacity.text}, so the cache may never fill. Limit what comes through by a bulkhead or a rate limiter, or add capacity.`,
        at: call.cache.at,
        related: [{ message: `The capacity of '${node.name}'.`, at: capacity.written.source.at }],
      };
    }
  },
};
