import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { adjacencyOf, reachableFrom, reversed } from './adjacency.ts';
import { callsOf } from './call-graph.ts';
import { stronglyConnected } from './components.ts';
import { cyclesOf } from './cycles.ts';
import { structureOf } from './dependency-graph.ts';

function graphOf(calls: Readonly<Record<string, string>>) {
  return callsOf({
    nodes: Object.entries(calls).map(([id, to]) => {
      return { id, calls: [...to].map((one) => ({ to: one, attempts: 1 })) };
    }),
  });
}

/** Up to nine nodes that lead to one another in any way. */
const edges = fc.integer({ min: 1, max: 9 }).chain((size) => {
  const targets = fc.array(fc.nat(size - 1), { maxLength: 4 });
  return fc.array(targets, { minLength: size, maxLength: size });
});

describe('cyclesOf', () => {
  it('finds all nodes of a cycle and a shortest way round', () => {
    // a → b → c → d → a, with a shorter way from b to a.
    expect(cyclesOf(graphOf({ a: 'b', b: 'ca', c: 'd', d: 'a', e: 'a' }))).toEqual([
      { members: ['a', 'b', 'c', 'd'], shortest: ['a', 'b'] },
    ]);
  });

  it('finds what calls itself, and nothing where there is no cycle', () => {
    expect(cyclesOf(graphOf({ a: 'bb', b: 'cb', c: '' }))).toEqual([
      { members: ['b'], shortest: ['b'] },
    ]);
    expect(cyclesOf(graphOf({ a: 'bcx', b: 'c', c: '' }))).toEqual([]);
  });

  it('finds them among dependencies as among calls', () => {
    const nodes = [
      { id: 'a', needs: [{ atLeast: 1, of: ['b', 'c'] }] },
      { id: 'b', needs: [] },
      { id: 'c', needs: [{ atLeast: 0, of: ['a'] }] },
    ];
    expect(cyclesOf(structureOf({ nodes }))).toEqual([
      { members: ['a', 'c'], shortest: ['a', 'c'] },
    ]);
  });

  it('goes round 10,000 services', () => {
    const nodes = Array.from({ length: 10_000 }, (_, i) => {
      return { id: `${i}`, calls: [{ to: `${(i + 1) % 10_000}`, attempts: 1 }] };
    });
    const [cycle, ...others] = cyclesOf(callsOf({ nodes }));
    expect(others).toEqual([]);
    expect(cycle?.members).toHaveLength(10_000);
    expect(cycle?.shortest).toEqual(cycle?.members);
  });
});

describe('stronglyConnected', () => {
  it('puts together exactly those that reach each other, callees before callers', () => {
    fc.assert(
      fc.property(edges, (lists) => {
        const graph = adjacencyOf(lists);
        const reach = lists.map((_, node) => new Set(reachableFrom(node, graph)));
        const { members, of } = stronglyConnected(lists.keys(), graph);
        expect(members.flat().sort()).toEqual([...lists.keys()]);
        for (const [a, targets] of lists.entries()) {
          expect(members[of[a] ?? -1]).toContain(a);
          for (const b of lists.keys()) {
            expect(of[a] === of[b]).toBe(reach[a]?.has(b) && reach[b]?.has(a));
          }
          for (const b of targets) expect(of[b]).toBeLessThanOrEqual(of[a] ?? -1);
        }
      }),
    );
  });
});

describe('reversed', () => {
  it('leads back along each edge, and twice reversed is the same', () => {
    fc.assert(
      fc.property(edges, (lists) => {
        const graph = adjacencyOf(lists);
        const again = reversed(reversed(graph, lists.length), lists.length);
        expect(again).toEqual(adjacencyOf(lists.map((targets) => targets.toSorted())));
      }),
    );
  });
});
