import type { Resource } from './cluster/resource.ts';

/**
 * What resources are called in the model, where every name is one thing: by their names, with the
 * namespace where there are several, with the file where that does not help either.
 */
export function uniqueNames(resources: readonly Resource[]): ReadonlyMap<Resource, string> {
  const names = new Map<Resource, string>();
  const ways = [
    ({ name }: Resource) => name,
    ({ name, namespace }: Resource) => `${name}.${namespace ?? 'default'}`,
    ({ at, name }: Resource) => `${name} in ${at.file} at ${at.start}`,
  ];
  let left: readonly Resource[] = resources;
  for (const nameOf of ways) {
    const counts = new Map<string, number>();
    for (const one of left) counts.set(nameOf(one), (counts.get(nameOf(one)) ?? 0) + 1);
    for (const one of left) if (counts.get(nameOf(one)) === 1) names.set(one, nameOf(one));
    left = left.filter((one) => !names.has(one));
  }
  return names;
}
