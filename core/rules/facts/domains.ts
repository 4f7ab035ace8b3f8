import type { Group, Member } from '../../model/model.ts';
import { perPart } from '../../model/per-part.ts';

/** What can fail as a whole, with those members of one group that stand in it. */
export interface Domain {
  readonly kind: 'zone' | 'region';
  readonly name: string;
  readonly members: readonly Member[];
}

/**
 * The zones that the members of a group stand in, or their regions where no zones are given; none
 * when a member does not say. Zones of the same name in different regions are different zones.
 */
export const domainsOf = perPart((group: Group): readonly Domain[] => {
  return split(group, 'zone') ?? split(group, 'region') ?? [];
});

function split({ members }: Group, kind: Domain['kind']): Domain[] | undefined {
  const domains = new Map<string, Domain & { readonly members: Member[] }>();
  for (const member of members) {
    const name = member[kind]?.value;
    if (name === undefined) return undefined;
    const key = kind === 'zone' ? JSON.stringify([member.region?.value, name]) : name;
    const domain = domains.get(key);
    if (domain) domain.members.push(member);
    else domains.set(key, { kind, name, members: [member] });
  }
  return [...domains.values()];
}
