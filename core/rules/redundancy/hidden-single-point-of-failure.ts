import type { Group, Model, Service } from '../../model/model.ts';
import { perModel } from '../../model/per-model.ts';
import { listed } from '../../text/words.ts';
import { callSites, isSoft } from '../facts/calls.ts';
import type { Node } from '../facts/order.ts';
import type { Rule } from '../rule.ts';
import { available } from './group-facts.ts';

/** Steps of all walks for one file: what is larger is not judged, rather than late. */
const MOST_STEPS = 1_000_000;

export const hiddenSinglePointOfFailure: Rule = {
  id: 'hidden-single-point-of-failure',
  title: 'A group without a spare member takes services down that do not call it',
  severity: 'warning',
  evidence: 'graph',
  since: '0.1.0',
  documentation: `
Services go down with what they cannot do without, and with what that cannot do without. A single
instance three calls away is as good as one of their own, and nobody looks there.

**Fires when** a group has no member to spare, and a service with traffic of its own, or one that nobody
calls, needs it through other services, without a fallback on the way. It is told with the rule that
the group itself breaks; for a group that is one instance by design it is an info.

**Fix** Give the group a spare member, or put a fallback somewhere on the way.

**Source** Single points of failure as cut sets of one; AWS Resilience Hub.
`,
  *check(model) {
    const needing = neededDirectlyBy(model);
    let steps = 0;
    for (const group of model.groups.values()) {
      const spare = available(group) - Math.max(1, group.minHealthy.value);
      if (group.doubtful || available(group) === 0 || spare > 0 || steps > MOST_STEPS) continue;
      const ways = waysUp(group, needing, MOST_STEPS - steps);
      steps += ways.size;
      const entries = [...ways.keys()].filter(
        (node): node is Service =>
          'calls' in node && isEntry(node, needing) && (ways.get(node)?.depth ?? 0) > 1,
      );
      const [first] = entries;
      if (!first) continue;
      const names = listed(
        entries.map(({ name }) => `'${name}'`),
        'and',
        3,
      );
      const isSingle = group.members.length === 1;
      const isMeant = group.singleton.value && isSingle;
      const advice = isMeant
        ? 'It is one by design; a fallback on the way would keep the rest up.'
        : `Add a member to '${group.name}', or a fallback on the way.`;
      yield {
        subject: group.name,
        severity: isMeant ? 'info' : 'warning',
        message: `Losing ${isSingle ? `'${group.members[0]?.name}' alone` : `any one member of '${group.name}'`} takes ${names} down: ${wayText(first, ways)}. ${advice}`,
        at: group.nameAt,
      };
    }
  },
};

/** The services that cannot do without each service or group. */
const neededDirectlyBy = perModel((model: Model): ReadonlyMap<Node, readonly Service[]> => {
  const needing = new Map<Node, Service[]>();
  const note = (node: Node | undefined, service: Service) => {
    if (!node) return;
    const known = needing.get(node);
    if (known) known.push(service);
    else needing.set(node, [service]);
  };
  for (const service of model.services.values()) {
    note(service.runsOn && model.groups.get(service.runsOn.value), service);
  }
  for (const { call, callee, caller } of callSites(model)) if (!isSoft(call)) note(callee, caller);
  return needing;
});

interface Way {
  /** Needs between it and the group. */
  readonly depth: number;
  /** The next one on the way. */
  readonly via: Node | undefined;
}

/** All that goes down with a group, each with a shortest way to it; nearer ones first. */
function waysUp(
  group: Group,
  needing: ReadonlyMap<Node, readonly Service[]>,
  most: number,
): ReadonlyMap<Node, Way> {
  const ways = new Map<Node, Way>([[group, { depth: 0, via: undefined }]]);
  // Grows while it is walked.
  for (const [node, { depth }] of ways) {
    if (ways.size > most) break;
    for (const service of needing.get(node) ?? []) {
      if (!ways.has(service)) ways.set(service, { depth: depth + 1, via: node });
    }
  }
  return ways;
}

function isEntry(service: Service, needing: ReadonlyMap<Node, readonly Service[]>): boolean {
  return service.ratePerSecond !== undefined || !needing.has(service);
}

/** Longer ways are told by their ends. */
const MOST_NAMED = 6;

function wayText(from: Node, ways: ReadonlyMap<Node, Way>): string {
  const names: string[] = [];
  for (let node: Node | undefined = from; node; node = ways.get(node)?.via)
    names.push(`'${node.name}'`);
  if (names.length > MOST_NAMED) names.splice(MOST_NAMED - 2, names.length - MOST_NAMED + 1, '…');
  return names.join(' → ');
}
