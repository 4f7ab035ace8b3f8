import type { Group, Member, Model, Service } from '../model/model.ts';

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
