import { placeId } from '../../model/place-id.ts';
import { callSites, isOutside } from '../facts/calls.ts';
import type { Rule } from '../rule.ts';

export const fallbackTimeoutMissing: Rule = {
  id: 'fallback-timeout-missing',
  title: 'A fallback to another service has no timeout',
  severity: 'warning',
  evidence: 'file',
  since: '0.1.0',
  documentation: `
A fallback that asks another service is a call like any other, made at the worst of times. The
timeout and the deadline of the first call do not limit it: they are inside the fallback, unless
\`order\` says otherwise.

**Fires when** a fallback step with \`call\` has no \`timeout\`, and no deadline is around it.

**Fix** Give the step a timeout.
`,
  *check(model) {
    for (const site of callSites(model)) {
      const { call, caller } = site;
      if (call.deadlineMs && isOutside(call, 'deadline', 'fallback')) continue;
      for (const step of call.fallback?.steps ?? []) {
        if (step.kind !== 'call' || step.timeoutMs) continue;
        const inside =
          call.timeoutMs || call.deadlineMs
            ? ' The limits of the first call do not count here.'
            : '';
        yield {
          subject: `fallback at ${placeId(step.to.source.at)}`,
          message: `When '${call.to.value}' fails, '${caller.name}' asks '${step.to.value}' and waits for as long as it takes.${inside} Give the fallback a timeout.`,
          at: step.to.source.at,
        };
      }
    }
  },
};
