import fc from 'fast-check';
import type { DependencyGraph, DependencyNode, Need } from '../dependency-graph.ts';

const ids = ['a', 'b', 'c', 'd', 'e', 'f', 'g', 'h'];

/** 1 now and then, for nodes that cannot fail by themselves, and absent at times. */
const availability = fc.oneof(
  { weight: 6, arbitrary: fc.double({ min: 0, max: 1, noNaN: true }) },
  { weight: 1, arbitrary: fc.constant(1) },
  { weight: 1, arbitrary: fc.constant(undefined) },
);

/** A choice among some of these: often one that leaves several ways. */
function choice(among: readonly string[]): fc.Arbitrary<Need> {
  return fc
    .uniqueArray(fc.constantFrom(...among), { minLength: 1, maxLength: 4, size: 'max' })
    .chain((of) => {
      const atLeast = fc.oneof(fc.constant(1), fc.integer({ min: 1, max: of.length }));
      return fc.record({ atLeast, of: fc.constant(of) });
    });
}

/** What people also write: nothing, too much, half of one, the same twice, what is not there. */
const strange = fc.record({
  atLeast: fc.constantFrom(0, 1, 2, 3, 1.5, Number.NaN),
  of: fc.array(fc.constantFrom(...ids, 'nobody'), { maxLength: 4 }),
});

function nodeOf(id: string, later: readonly string[]): fc.Arbitrary<DependencyNode> {
  const need = fc.oneof(
    // Mostly of later ones, or nearly everything would be one cycle.
    ...(later.length > 0 ? [{ weight: 8, arbitrary: choice(later) }] : []),
    { weight: 1, arbitrary: choice(ids) },
    { weight: 1, arbitrary: strange },
  );
  const first = id === ids[0];
  const most = later.length > 0 ? (first ? 4 : 2) : 1;
  return fc
    .record({
      availability,
      needs: fc.array(need, { minLength: first ? 1 : 0, maxLength: most, size: 'max' }),
    })
    .map(({ availability: up, needs }) => {
      return { id, ...(up !== undefined && { availability: up }), needs };
    });
}

/** Small graphs of every kind: with cycles, shared nodes, unknown names and impossible needs. */
export const anyGraph: fc.Arbitrary<DependencyGraph> = fc
  .tuple(
    fc.oneof(
      { weight: 9, arbitrary: fc.constantFrom(5, 6, 7, 8) },
      { weight: 1, arbitrary: fc.integer({ min: 1, max: 4 }) },
    ),
    ...ids.map((id, i) => nodeOf(id, ids.slice(i + 1))),
  )
  .map(([size, ...nodes]) => ({ nodes: nodes.slice(0, size) }));

/** Which nodes work when some have failed: those that go down first are left out until none is. */
export function worksByHand({ nodes }: DependencyGraph, failed: ReadonlySet<string>): Set<string> {
  const known = new Set(nodes.map(({ id }) => id));
  const up = new Set([...known].filter((id) => !failed.has(id)));
  const holds = ({ atLeast, of }: DependencyNode['needs'][number]) => {
    const working = [...new Set(of)].filter((id) => up.has(id) || !known.has(id)).length;
    return Number.isNaN(atLeast) || working >= atLeast;
  };
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
