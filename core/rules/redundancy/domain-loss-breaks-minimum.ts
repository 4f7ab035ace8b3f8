import { neededByTier } from '../../model/dependencies.ts';
import type { Group } from '../../model/model.ts';
import { defaultNote } from '../../model/source.ts';
import { plural } from '../../text/words.ts';
import { type Domain, domainsOf } from '../facts/domains.ts';
import { quorumOf } from '../facts/quorum.ts';
import type { Rule } from '../rule.ts';
import { available, judgedGroups, meetsMinimum } from './group-facts.ts';

export const domainLossBreaksMinimum: Rule = {
  id: 'domain-loss-breaks-minimum',
  title: 'A group does not survive the loss of one zone',
  severity: 'warning',
  evidence: 'file',
  since: '0.1.0',
  documentation: `
Members in several zones survive the loss of one of them only if the others still hold enough. Two
zones with three members each, of which four are needed, are worse than one zone: either of the two
can take the group down.

With \`replication.mode: quorum\` the rest must also still be a quorum. Two zones never are: one of
them holds half of the voters or more.

**Fires when** every member says its zone (or region), there are at least two, and without the
largest one fewer than \`minHealthy\` members are left, or too few voters for a quorum. It is an error
when a tier-1 service needs the group.

**Fix** Use a third zone, move members to where there are fewer, or add some outside the largest one.

**Source** AWS, "Static stability using Availability Zones": three zones need half as much again.
`,
  *check(model) {
    const tiers = neededByTier(model);
    for (const group of judgedGroups(model)) {
      const domains = domainsOf(group);
      if (domains.length < 2 || !meetsMinimum(group)) continue;
      const loss = memberLoss(group, domains) ?? voterLoss(group, domains);
      if (!loss) continue;
      const { kind, members, name } = loss.domain;
      yield {
        subject: group.name,
        severity: tiers.get(group.name) === 1 ? 'error' : 'warning',
        message: `Losing ${kind} '${name}' takes ${loss.arithmetic} Spread them over more ${kind}s, or add ${loss.missing} outside '${name}'.`,
        at: group.nameAt,
        related: members.slice(0, MOST_RELATED).map(({ name: id, zone, region }) => ({
          message: `'${id}' is in ${kind} '${name}'.`,
          at: (zone ?? region)?.source.at ?? group.nameAt,
        })),
      };
    }
  },
};

const MOST_RELATED = 5;

interface Loss {
  readonly domain: Domain;
  /** What it takes, what it leaves, and what would be needed. */
  readonly arithmetic: string;
  readonly missing: string;
}

function memberLoss(group: Group, domains: readonly Domain[]): Loss | undefined {
  const { minHealthy, name } = group;
  const domain = largest(domains, ({ members }) => members.length);
  const all = available(group);
  const left = all - domain.members.length;
  if (left >= minHealthy.value) return undefined;
  return {
    domain,
    arithmetic: `${domain.members.length} of the ${all} members of '${name}' and leaves ${left}, below minHealthy ${minHealthy.value}${defaultNote(minHealthy)}.`,
    missing: plural(minHealthy.value - left, 'member'),
  };
}

function voterLoss(group: Group, domains: readonly Domain[]): Loss | undefined {
  const quorum = quorumOf(group);
  if (!quorum) return undefined;
  const voters = new Set(quorum.voters);
  const votes = ({ members }: Domain) => members.filter((member) => voters.has(member)).length;
  const domain = largest(domains, votes);
  const needed = Math.max(quorum.write, quorum.read);
  const left = voters.size - votes(domain);
  // A quorum that its voters never reach is another matter.
  if (left >= needed || voters.size < needed) return undefined;
  return {
    domain,
    arithmetic: `${votes(domain)} of the ${voters.size} voters of '${group.name}' and leaves ${left}, below its quorum of ${needed}.`,
    missing: 'voters',
  };
}

function largest(domains: readonly Domain[], size: (domain: Domain) => number): Domain {
  return domains.reduce((most, domain) => (size(domain) > size(most) ? domain : most));
}
