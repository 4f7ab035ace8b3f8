import type { Model } from '../../model/model.ts';
import { callSites, fallbackCallees } from '../facts/calls.ts';
import { neededBy } from '../facts/closure.ts';
import { type Domain, domainsOf } from '../facts/domains.ts';
import { isService, type Node } from '../facts/order.ts';
import type { Rule } from '../rule.ts';

/** Steps of all walks for one file: what is larger is not judged, rather than late. */
const MOST_STEPS = 1_000_000;

export const sharedFateDependency: Rule = {
  id: 'shared-fate-dependency',
  title: 'A call and its fallback are lost with the same zone',
  severity: 'warning',
  evidence: 'graph',
  since: '0.1.0',
  documentation: `
Two things that share nothing but the zone they stand in fail together when the zone does, and zones are
what fails when most fails at once.

**Fires when** the loss of one zone (or region) takes a group that the callee needs below its minimum,
and likewise one that the fallback needs.

**Fix** Spread one of the two over other zones, or fall back on a cached or a fixed answer.

**Source** "Shared fate" in AWS Resilience Hub's failure categories.
`,
  *check(model) {
    let steps = 0;
    const lostWith = (node: Node): readonly Domain[] => {
      if (steps > MOST_STEPS) return [];
      const needed = neededBy(model, node, MOST_STEPS - steps);
      steps += needed.size;
      return [...needed].flatMap((one) => (isService(one) ? [] : fatalDomains(model, one.name)));
    };
    for (const site of callSites(model)) {
      const others = fallbackCallees(model, site);
      if (!site.callee || others.length === 0) continue;
      const first = lostWith(site.callee);
      for (const { callee: other, to } of others) {
        if (!other || other === site.callee || first.length === 0) continue;
        const second = new Set(lostWith(other).map(keyOf));
        const shared = first.find((domain) => second.has(keyOf(domain)));
        if (!shared) continue;
        yield {
          subject: site.subject,
          message: `'${site.call.to.value}' and its fallback '${other.name}' are both lost with ${shared.kind} '${shared.name}', just when a fallback is wanted. Spread one of them over other ${shared.kind}s, or fall back on a cached or a fixed answer.`,
          at: to.source.at,
        };
      }
    }
  },
};

/** The zones or regions with each of which a group falls below its minimum. */
function fatalDomains(model: Model, name: string): readonly Domain[] {
  const group = model.groups.get(name);
  if (!group || group.doubtful) return [];
  const needed = Math.max(1, group.minHealthy.value);
  if (group.members.length < needed) return [];
  return domainsOf(group).filter(({ members }) => group.members.length - members.length < needed);
}

function keyOf({ kind, members, name }: Domain): string {
  return JSON.stringify([kind, kind === 'zone' ? members[0]?.region?.value : undefined, name]);
}
