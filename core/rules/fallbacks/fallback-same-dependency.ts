import { callSites, fallbackCallees } from '../facts/calls.ts';
import { neededBy } from '../facts/closure.ts';
import { isService } from '../facts/order.ts';
import { available } from '../redundancy/group-facts.ts';
import type { Rule } from '../rule.ts';

/** Steps of the walk for one file: what is larger is not judged, rather than late. */
const MOST_STEPS = 1_000_000;

export const fallbackSameDependency: Rule = {
  id: 'fallback-same-dependency',
  title: 'A fallback needs what has failed',
  severity: 'error',
  evidence: 'graph',
  since: '0.1.0',
  absorbs: ['shared-fate-dependency'],
  documentation: `
A fallback that needs the same thing as the call it stands in for fails together with it, just when it
is wanted. It only looks like a second way.

**Fires when** a fallback asks the callee itself, or a service that cannot do without the callee (error),
or one that needs the same service or group as the callee does (warning where that has no member to
spare, else info).

**Fix** Fall back on a cached or a fixed answer, or on something with dependencies of its own.

**Source** AWS Builders' Library, "Avoiding fallback in distributed systems".
`,
  *check(model) {
    let steps = 0;
    for (const site of callSites(model)) {
      const { call, callee, caller, subject } = site;
      for (const { callee: other, to } of fallbackCallees(model, site)) {
        if (!callee || !other || steps > MOST_STEPS) continue;
        const base = { subject, at: to.source.at };
        if (other === callee) {
          yield {
            ...base,
            message: `When '${callee.name}' fails, '${caller.name}' falls back on '${callee.name}', which has just failed. Fall back on a cached or a fixed answer.`,
          };
          continue;
        }
        const needed = neededBy(model, other, MOST_STEPS - steps);
        steps += needed.size;
        if (needed.has(callee)) {
          yield {
            ...base,
            message: `When '${callee.name}' fails, '${caller.name}' falls back on '${other.name}', which cannot do without '${callee.name}' either. Fall back on a cached or a fixed answer.`,
          };
          continue;
        }
        const neededToo = neededBy(model, callee, MOST_STEPS - steps);
        steps += neededToo.size;
        // What the caller needs anyway fails it in any case.
        const shared = [...needed].find((node) => node !== caller && neededToo.has(node));
        if (!shared) continue;
        const isGroup = !isService(shared);
        const hasSpare = isGroup && available(shared) > Math.max(1, shared.minHealthy.value);
        const weak = isGroup && !hasSpare ? ', which has no member to spare' : '';
        yield {
          ...base,
          severity: hasSpare ? 'info' : 'warning',
          message: `'${call.to.value}' and its fallback '${other.name}' both need '${shared.name}'${weak}: when that fails, both do. Fall back on something that does without it.`,
          related: [{ message: `'${shared.name}'.`, at: shared.nameAt }],
        };
      }
    }
  },
};
