import fc from 'fast-check';
import type { DependencyGraph, DependencyNode } from '../dependency-graph.ts';

const ids = ['a', 'b', 'c', 'd', 'e', 'f', 'g', 'h'];

/** 1 often, for nodes that cannot fail by themselves, and absent sometimes. */
const availability = fc.option(
  fc.oneof(fc.constant(1), fc.double({ min: 0, max: 1, noNaN: true })),
  { nil: undefined, freq: 8 },
);

const need = fc.record({
  atLeast: fc.integer({ min: 0, max: 4 }),
  // One that does not exist, and the same one twice, now and then.
  of: fc.array(fc.constantFrom(...ids, 'nobody'), { maxLength: 4 }),
});

const node = fc
  .record({ availability, needs: fc.array(need, { maxLength: 3 }) })
  .map(({ availability: up, needs }) => ({ ...(up !== undefined && { availability: up }), needs }));

/** Small graphs of every kind: with cycles, shared nodes, unknown names and impossible needs. */
export const anyGraph: fc.Arbitrary<DependencyGraph> = fc
  .array(node, { minLength: 1, maxLength: ids.length })
  .map((nodes) => ({ nodes: nodes.map((one, i) => ({ id: ids[i] ?? '', ...one })) }));

/** Which nodes work when some have failed: those that go down first are left out until none is. */
export function worksByHand({ nodes }: DependencyGraph, failed: ReadonlySet<string>): Set<string> {
  const known = new Set(nodes.map(({ id }) => id));
  const up = new Set([...known].filter((id) => !failed.has(id)));
  const holds = ({ atLeast, of }: DependencyNode['needs'][number]) =>
    [...new Set(of)].filter((id) => up.has(id) || !known.has(id)).length >= atLeast;
  for (let before = -1; before !== up.size; ) {
    before = up.size;
    for (const { id, needs } of nodes) if (!needs.every(holds)) up.delete(id);
  }
  return up;
}

/** All sets of some things, smaller ones not necessarily first. */
export function subsets<T>(all: readonly T[]): T[][] {
  return Array.from({ length: 2 ** all.length }, (_, set) =>
    all.filter((_, i) => (set >> i) % 2 === 1),
  );
}
