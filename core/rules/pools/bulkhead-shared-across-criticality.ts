import type { Model, Service } from '../../model/model.ts';
import type { SourceRange } from '../../model/source.ts';
import { type CallSite, callSites } from '../facts/calls.ts';
import type { Rule } from '../rule.ts';

export const bulkheadSharedAcrossCriticality: Rule = {
  id: 'bulkhead-shared-across-criticality',
  title: 'A critical and an unimportant service share a pool',
  severity: 'warning',
  evidence: 'file',
  since: '0.1.0',
  documentation: `
A pool is there so that trouble in one place does not take what another needs. A report that is slow
fills the pool it shares with the checkout, and the checkout is rejected.

**Fires when** services whose written tiers are two or more apart share a bulkhead, a connection pool,
a concurrency limit or a rate limiter.

**Fix** Give the less critical one a pool of its own.

**Source** Nygard, "Release It!": bulkheads; Azure Architecture Center, "Bulkhead pattern".
`,
  *check(model) {
    for (const { noun, users } of sharedPools(model)) {
      const tiered = users.filter(({ service }) => service.tier.source.kind === 'explicit');
      const [first] = tiered;
      if (!first) continue;
      const most = tiered.reduce((a, b) => (b.service.tier.value < a.service.tier.value ? b : a));
      const least = tiered.reduce((a, b) => (b.service.tier.value > a.service.tier.value ? b : a));
      if (least.service.tier.value - most.service.tier.value < 2) continue;
      yield {
        subject: `sharing of ${noun}`,
        message: `'${least.service.name}' (tier ${least.service.tier.value}) shares ${noun} with '${most.service.name}' (tier ${most.service.tier.value}): when the first is slow, the second is rejected. Give '${least.service.name}' a pool of its own.`,
        at: least.at,
        related: [{ message: `'${most.service.name}' uses it here.`, at: most.at }],
      };
    }
  },
};

interface User {
  readonly service: Service;
  readonly at: SourceRange;
}

const KEYS = [
  ['bulkhead', 'bulkhead'],
  ['connectionPool', 'connection pool'],
  ['concurrencyLimit', 'concurrency limit'],
  ['rateLimiter', 'rate limiter'],
] as const satisfies readonly (readonly [keyof CallSite['call'], string])[];

function sharedPools(model: Model): Iterable<{ noun: string; users: User[] }> {
  const pools = new Map<string, { noun: string; users: User[] }>();
  const note = (kind: string, name: string, user: User) => {
    const noun = `${kind} '${name}'`;
    const known = pools.get(noun);
    if (known) known.users.push(user);
    else pools.set(noun, { noun, users: [user] });
  };
  for (const service of model.services.values()) {
    const { bulkhead, doubtful } = service;
    if (bulkhead && !doubtful && model.bulkheads.has(bulkhead.value)) {
      note('bulkhead', bulkhead.value, { service, at: bulkhead.source.at });
    }
  }
  for (const { call, caller } of callSites(model)) {
    for (const [key, kind] of KEYS) {
      const name = call[key];
      if (name) note(kind, name.value, { service: caller, at: name.source.at });
    }
  }
  return pools.values();
}
