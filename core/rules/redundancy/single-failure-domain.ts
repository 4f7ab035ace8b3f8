import { neededByTier } from '../../model/dependencies.ts';
import type { Change, Fix } from '../../model/fix.ts';
import type { Group, Member } from '../../model/model.ts';
import type { Sourced } from '../../model/source.ts';
import { listed } from '../../text/words.ts';
import type { Rule } from '../rule.ts';
import { available, judgedGroups } from './group-facts.ts';
import { knownIn } from './group-fixes.ts';

export const singleFailureDomain: Rule = {
  id: 'single-failure-domain',
  title: 'All members of a group share one zone or region',
  severity: 'warning',
  evidence: 'file',
  since: '0.1.0',
  documentation: `
Members that stand in one zone fail together when the zone does, however many they are. Four members
that are each up 99 % of the time, of which two are needed, are 99.9996 % available if they fail
independently; all in one zone that is up 99.95 % of the time, they are 99.9496 %.

**Fires when** a group has at least two members, each says its zone, and the zones are all the same.
Where only regions are given, the same is said of regions. It is an error when a tier-1 service needs
the group, else a warning. Groups that do not give a zone for every member are not judged.

**Fix** Spread the members over at least two zones; three keep a majority when one is lost. Where the
file names other zones, a fix spreads the members over them.

**Source** AWS Well-Architected REL10-BP01; Azure Proactive Resiliency Library.
`,
  *check(model) {
    const tiers = neededByTier(model);
    for (const group of judgedGroups(model)) {
      const zones = everywhere(group, (member) => member.zone);
      const domain = zones ?? everywhere(group, (member) => member.region);
      const [first, ...others] = domain ?? [];
      if (!first || others.length === 0) continue;
      if (others.some(({ value }) => value !== first.value)) continue;
      // Zones of the same name in different regions are different zones.
      if (new Set(group.members.map(({ region }) => region?.value)).size > 1) continue;
      const kind = zones ? 'zone' : 'region';
      yield {
        subject: group.name,
        severity: tiers.get(group.name) === 1 ? 'error' : 'warning',
        message: `${others.length === 1 ? 'Both' : `All ${available(group)}`} members of '${group.name}' are in ${kind} '${first.value}': when it goes, all go, and no standby helps. Spread them over at least two ${kind}s.`,
        at: group.nameAt,
        fixes: spread(
          [first, ...others],
          kind,
          zones ? knownIn(model).zones : knownIn(model).regions,
        ),
        related: [first, ...others].map(({ value, source }, index) => ({
          message: `'${group.members[index]?.name}' is in ${kind} '${value}'.`,
          at: source.at,
        })),
      };
    }
  },
};

/** The domain of every member, or nothing when one does not say. */
function everywhere(
  group: Group,
  domainOf: (member: Member) => Sourced<string> | undefined,
): Sourced<string>[] | undefined {
  const domains = group.members.map(domainOf);
  return domains.every((domain) => domain !== undefined) ? domains : undefined;
}

/** The members in turn over the domains that the file knows, where it knows more than the one. */
function spread(
  members: readonly Sourced<string>[],
  kind: string,
  known: readonly string[],
): Fix[] {
  const own = members[0]?.value;
  const domains = [own, ...known.filter((one) => one !== own)].filter((one) => one !== undefined);
  const used = domains.slice(0, members.length);
  if (used.length < 2) return [];
  const changes = members.flatMap(({ value, source }, index): Change[] => {
    const domain = used[index % used.length] ?? value;
    return domain === value ? [] : [{ kind: 'replace', at: source.at, value: domain }];
  });
  const title = `Spread the members over the ${kind}s ${listed(used, 'and', 3)}`;
  return [{ title, safe: false, changes }];
}
