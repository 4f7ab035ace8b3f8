import { requestsInProgress } from '../../analysis/index.ts';
import type { Model, Service } from '../../model/model.ts';
import { numberText, plural } from '../../text/words.ts';
import { formatDuration, formatRate } from '../../time/index.ts';
import { isSoft, sitesOf } from '../facts/calls.ts';
import { loadOf } from '../facts/load.ts';
import { limitOf } from '../facts/patience.ts';
import type { Rule } from '../rule.ts';

export const slowDependencyExhaustsPool: Rule = {
  id: 'slow-dependency-exhausts-pool',
  title: 'One hanging dependency fills a pool that others need',
  severity: 'warning',
  evidence: 'numbers',
  since: '0.1.0',
  documentation: `
While a callee hangs, every request that calls it holds the slot of its service until the timeout. At
λ requests a second and a timeout of T that is λ · T slots. When the pool has fewer, requests that have
nothing to do with the callee are rejected too.

**Fires when** a service with a bulkhead makes a call that it can do without, or shares the bulkhead
with other services, the call has neither a bulkhead of its own nor a circuit breaker, and the traffic
times the timeout is more than the slots.

**Fix** Give the call a bulkhead of its own, a circuit breaker, or a shorter timeout.

**Source** Google SRE, "Addressing cascading failures": 5 % of requests that hang take 80 % down.
`,
  *check(model) {
    const load = loadOf(model);
    for (const service of model.services.values()) {
      const pool = service.bulkhead && model.bulkheads.get(service.bulkhead.value);
      if (!pool || pool.doubtful || service.doubtful) continue;
      for (const site of sitesOf(model).get(service) ?? []) {
        const { breaker, bulkhead, call, concurrencyLimit } = site;
        const limit = limitOf(call);
        if (!limit || breaker || bulkhead || concurrencyLimit) continue;
        const sharing = othersIn(model, service, pool.name);
        if (!isSoft(call) && sharing.length === 0) continue;
        const perSecond = load.leastCalls(site) / service.instances.value;
        const held = requestsInProgress(perSecond, limit.ms.value) ?? 0;
        if (held <= pool.size.value) continue;
        const harmed = isSoft(call)
          ? `'${service.name}' is rejected although it can do without '${call.to.value}'`
          : `'${sharing[0]}' is rejected too`;
        yield {
          subject: `pool at ${site.subject}`,
          message: `When '${call.to.value}' hangs, ${formatRate(perSecond)} × ${formatDuration(limit.ms.value)} = ${numberText(held)} requests of '${service.name}' wait for it, and bulkhead '${pool.name}' has ${plural(pool.size.value, 'slot')}: ${harmed}. Put a bulkhead or a circuit breaker around this call, or shorten its ${limit.key}.`,
          at: limit.ms.source.at,
          related: [{ message: `Bulkhead '${pool.name}'.`, at: pool.size.source.at }],
        };
      }
    }
  },
};

function othersIn(model: Model, service: Service, pool: string): readonly string[] {
  return [...model.services.values()].flatMap((other) =>
    other !== service && other.bulkhead?.value === pool ? other.name : [],
  );
}
