import { callSites, isSoft } from '../facts/calls.ts';
import type { Rule } from '../rule.ts';

export const criticalityInversion: Rule = {
  id: 'criticality-inversion',
  title: 'A service cannot do without a less critical one',
  severity: 'warning',
  evidence: 'graph',
  since: '0.1.0',
  documentation: `
A service is no more reliable than what it cannot do without. When a tier-1 service needs a tier-3
one, either the second is more critical than its tier says, and looked after accordingly, or the
first should be able to go on without it.

**Fires when** a call without a fallback goes to a service whose tier is less critical, and both tiers
are written.

**Fix** Add a fallback, or raise the tier of the callee.

**Source** AWS Well-Architected REL05-BP01: turn hard dependencies into soft ones.
`,
  *check(model) {
    for (const site of callSites(model)) {
      const { call, caller, callee } = site;
      if (isSoft(call) || !callee || !('tier' in callee)) continue;
      if ([caller.tier, callee.tier].some(({ source }) => source.kind === 'default')) continue;
      if (callee.tier.value <= caller.tier.value) continue;
      yield {
        subject: site.subject,
        message: `'${caller.name}' is tier ${caller.tier.value} and cannot do without '${callee.name}', which is tier ${callee.tier.value}. Add a fallback for when it fails, or make it tier ${caller.tier.value}.`,
        at: call.to.source.at,
        related: [{ message: `The tier of '${callee.name}'.`, at: callee.tier.source.at }],
      };
    }
  },
};
