import { formatPercent } from '../../time/index.ts';
import { callSites, isSoft } from '../facts/calls.ts';
import { isService } from '../facts/order.ts';
import type { Rule } from '../rule.ts';

export const dependencyLacksExtraNine: Rule = {
  id: 'dependency-lacks-extra-nine',
  title: 'A dependency promises no more than the service that needs it',
  severity: 'hint',
  evidence: 'numbers',
  since: '0.1.0',
  documentation: `
A service that cannot do without others fails whenever one of them does, and has failures of its own as
well. As a rule of thumb each of them should be ten times as reliable: one nine more.

**Fires when** a service with an \`objectives.availability\` of its own calls, without a fallback, another
one whose promised downtime is more than a tenth of its own.

**Fix** None by itself: a fallback, or an eye on how reliable the dependency really is.

**Source** "The Calculus of Service Availability" (ACM Queue, 2017): the rule of the extra nine.
`,
  *check(model) {
    for (const { call, callee, caller, subject } of callSites(model)) {
      const own = caller.objectives.availability;
      const promised = isService(callee) ? callee.objectives.availability : undefined;
      if (!own || !promised || isSoft(call)) continue;
      // Twelve digits: 1 − 0.9995 is not quite a tenth of 1 − 0.995.
      const wanted = Number(((1 - own.value) / 10).toPrecision(12));
      if (Number((1 - promised.value).toPrecision(12)) <= wanted) continue;
      yield {
        subject: `promise of ${subject}`,
        message: `'${caller.name}' promises ${formatPercent(own.value)} and cannot do without '${call.to.value}', which promises ${formatPercent(promised.value)}. One nine more, ${formatPercent(1 - wanted)}, would leave room for other failures.`,
        at: call.to.source.at,
        related: [{ message: `The promise of '${call.to.value}'.`, at: promised.source.at }],
      };
    }
  },
};
