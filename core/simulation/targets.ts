import type { Group, Member, Model, Service } from '../model/model.ts';
import type { Condition } from './degradation.ts';
import type { GroupProcess } from './group.ts';
import type { World } from './world.ts';

/** What a name in a scenario means. Components come first, then groups, then services. */
export type Target =
  | { readonly kind: 'component'; readonly member: Member; readonly group: Group }
  | { readonly kind: 'group'; readonly group: Group }
  | { readonly kind: 'service'; readonly service: Service };

export function findTarget(model: Model, name: string): Target | undefined {
  for (const group of model.groups.values()) {
    const member = group.members.find((candidate) => candidate.name === name);
    if (member) return { kind: 'component', member, group };
  }
  const group = model.groups.get(name);
  if (group) return { kind: 'group', group };
  const service = model.services.get(name);
  return service && { kind: 'service', service };
}

/** Every component of the model, in the order of the file. */
export function componentNames(model: Model): string[] {
  return [...model.groups.values()].flatMap((group) => group.members.map(({ name }) => name));
}

/** Every zone of the model, in the order of the file. */
export function zoneNames(model: Model): string[] {
  const members = [...model.groups.values()].flatMap((group) => group.members);
  return [...new Set(members.flatMap(({ zone }) => zone?.value ?? []))];
}

/** Who calls whom, each pair once, in the order of the file. */
export function callsOf(model: Model): (readonly [from: string, to: string])[] {
  return [...model.services.values()].flatMap(({ calls, name }) =>
    [...new Set(calls.map(({ to }) => to.value))].map((to) => [name, to] as const),
  );
}

/** The components in a zone or region, with their groups, in the order of the file. */
export function membersIn(
  model: Model,
  domain: 'zone' | 'region',
  name: string,
): { readonly group: Group; readonly member: Member }[] {
  return [...model.groups.values()].flatMap((group) =>
    group.members
      .filter((member) => member[domain]?.value === name)
      .map((member) => ({ group, member })),
  );
}

/** What a fault makes worse. */
export interface Affected {
  readonly condition: Condition;
  /** The group to tell, when it or one of its members is concerned. */
  readonly group: GroupProcess | undefined;
}

export function affectedBy(world: World, model: Model, name: string): Affected | undefined {
  const target = findTarget(model, name);
  if (!target) return undefined;
  if (target.kind === 'service') {
    return { condition: world.station(target.service.name).condition, group: undefined };
  }
  const group = world.group(target.group.name);
  const { condition } = target.kind === 'component' ? group.member(target.member.name) : group;
  return { condition, group };
}
